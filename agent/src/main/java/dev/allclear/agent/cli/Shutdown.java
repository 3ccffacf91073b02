package dev.allclear.agent.cli;

import dev.allclear.agent.Agent;

/// On SIGINT and SIGTERM the agent is closed before the process ends, so that the ledger knows
/// until when it looked.
final class Shutdown {
  private Shutdown() {}

  static void closesFirst(Agent agent) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(agent::close));
  }
}
