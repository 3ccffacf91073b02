package dev.allclear.agent.importer;

import java.util.List;

/// A whole config file with one journey: its text, how many steps that has, and the environment
/// variables to export before it can run.
public record Imported(String yaml, int steps, List<String> environment) {
  public Imported {
    environment = List.copyOf(environment);
  }
}
