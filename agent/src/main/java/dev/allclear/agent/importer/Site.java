package dev.allclear.agent.importer;

import java.util.List;

/// Hosts of one owner, as `shop.example` and `api.shop.example`, told by their names alone: without
/// the public suffix list, which changes weekly, a short second label counts as part of a suffix.
record Site(String name) {
  static Site of(String host) {
    List<String> labels = List.of(host.split("\\.", -1));
    int n = labels.size();
    if (n < 3 || host.contains(":") || host.matches("[\\d.]+")) {
      return new Site(host);
    }
    boolean national = labels.getLast().length() == 2 && labels.get(n - 2).length() <= 3;
    return new Site(String.join(".", labels.subList(n - (national ? 3 : 2), n)));
  }
}
