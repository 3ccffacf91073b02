package dev.allclear.agent.outage;

/// What is healthy or down: a service in one target region, or `global` where it is not probed
/// region by region.
public record Cell(String service, String region) implements Comparable<Cell> {
  public static final String GLOBAL = "global";

  @Override
  public int compareTo(Cell other) {
    int byService = service.compareTo(other.service);
    return byService != 0 ? byService : region.compareTo(other.region);
  }

  @Override
  public String toString() {
    return region.equals(GLOBAL) ? service : service + "/" + region;
  }
}
