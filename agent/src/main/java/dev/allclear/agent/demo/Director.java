package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Script.Cue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.function.Consumer;

/// Plays a script on a world, on a thread of its own, on which the listener hears of each act just
/// done.
public final class Director implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Director.class.getName());

  private final Thread thread;

  private Director(Thread thread) {
    this.thread = thread;
  }

  public static Director start(
      World world, Iterator<Cue> script, Pause pause, Consumer<Act> listener) {
    return new Director(
        Thread.ofVirtual().name("director").start(() -> play(world, script, pause, listener)));
  }

  private static void play(World world, Iterator<Cue> script, Pause pause, Consumer<Act> listener) {
    try {
      while (script.hasNext()) {
        Cue cue = script.next();
        pause.of(cue.after());
        world.perform(cue.act());
        listener.accept(cue.act());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the demo's script ends early", e);
    }
  }

  /// Until the script has ended.
  public void await() throws InterruptedException {
    thread.join();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
