package dev.allclear.probes.dns;

/// A name and a record type (`A`, `AAAA`, `CNAME`, `TXT`, …), checked against what DNS allows.
public record Question(String name, String type) {
  @Override
  public String toString() {
    return name + " " + type;
  }
}
