package dev.allclear.agent.cli;

import dev.allclear.agent.Agent;
import dev.allclear.agent.demo.World;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// On SIGINT and SIGTERM something is closed before the process ends.
final class Shutdown {
  private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());

  private Shutdown() {}

  /// So that the ledger knows until when the agent looked.
  static void closesFirst(Agent agent) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(agent::close));
  }

  /// So that no server that the world has started goes on, and none of its files stays.
  static void closesFirst(World world) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(world)));
  }

  private static void close(World world) {
    try {
      world.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the demo's world cannot be closed", e);
    }
  }
}
