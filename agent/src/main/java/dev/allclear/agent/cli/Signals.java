package dev.allclear.agent.cli;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What signals of this process become: they end no longer this process, but go to another. Found
/// by reflection, since javac warns of `sun.misc` and cannot be told not to.
final class Signals implements AutoCloseable {
  private static final String TERM = "TERM";
  private static final List<String> PASSED = List.of(TERM, "INT", "HUP");

  private final List<String> early = new ArrayList<>();
  private final Map<String, Object> before = new LinkedHashMap<>();
  private @Nullable Process process;

  private Signals() {}

  /// From now on they are held back.
  static Signals hold() {
    Signals signals = new Signals();
    PASSED.forEach(name -> signals.before.put(name, handle(name, signals.passing(name))));
    return signals;
  }

  private Object passing(String name) {
    Class<?> handler = type("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        handler.getClassLoader(),
        new Class<?>[] {handler},
        (_, _, _) -> {
          pass(name);
          return null;
        });
  }

  /// What handled it before.
  private static Object handle(String name, Object handler) {
    try {
      Class<?> signal = type("sun.misc.Signal");
      return signal
          .getMethod("handle", signal, type("sun.misc.SignalHandler"))
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled", e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the module jdk.unsupported is missing", e);
    }
  }

  /// From now on they end this process again.
  @Override
  public void close() {
    before.forEach(Signals::handle);
  }

  /// Those that were held back, and all that come.
  synchronized void passTo(Process started) {
    process = started;
    early.forEach(this::pass);
    early.clear();
  }

  private synchronized void pass(String name) {
    if (process == null) {
      early.add(name);
    } else if (name.equals(TERM)) {
      process.destroy();
    } else if (!onTerminal()) {
      send(name, process);
    }
  }

  /// A terminal sends them to the whole group itself; a second one makes many a program give up its
  /// own clean end.
  private static boolean onTerminal() {
    try (FileChannel _ = FileChannel.open(Path.of("/dev/tty"))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void send(String name, Process process) {
    try {
      Process _ =
          new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).inheritIO().start();
    } catch (IOException _) {
      process.destroy();
    }
  }
}
