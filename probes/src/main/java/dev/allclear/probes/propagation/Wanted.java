package dev.allclear.probes.propagation;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What makes an answer new: a predicate, since geographic and weighted names have no single value
/// (trap 24). Records are given as they are shown: an address, or `CNAME target.` on the way to it.
public sealed interface Wanted {
  String LINK = "CNAME ";

  boolean accepts(List<String> records);

  /// These records and no others, links aside.
  record Exactly(Set<String> records) implements Wanted {
    public Exactly {
      records = Set.copyOf(records);
    }

    @Override
    public boolean accepts(List<String> answer) {
      return Set.copyOf(answer.stream().filter(record -> !record.startsWith(LINK)).toList())
          .equals(records);
    }
  }

  /// These records and no others, links and all, in the order in which answers show them.
  record Same(List<String> records) implements Wanted {
    public Same {
      records = List.copyOf(records);
    }

    @Override
    public boolean accepts(List<String> answer) {
      return answer.equals(records);
    }
  }

  /// Addresses, every one of them within this network.
  record Within(InetAddress network, int prefix) implements Wanted {
    public Within {
      if (prefix < 0 || prefix > network.getAddress().length * 8) {
        throw new IllegalArgumentException("no such prefix: /" + prefix);
      }
    }

    @Override
    public boolean accepts(List<String> answer) {
      List<String> addresses = answer.stream().filter(record -> !record.startsWith(LINK)).toList();
      return !addresses.isEmpty() && addresses.stream().allMatch(this::holds);
    }

    private boolean holds(String text) {
      byte[] address;
      try {
        address = InetAddress.ofLiteral(text).getAddress();
      } catch (IllegalArgumentException _) {
        return false;
      }
      byte[] base = network.getAddress();
      int whole = prefix / 8;
      int mask = 0xFF00 >> prefix % 8 & 0xFF;
      return address.length == base.length
          && Arrays.equals(address, 0, whole, base, 0, whole)
          && (mask == 0 || (address[whole] & mask) == (base[whole] & mask));
    }
  }

  /// A link of the chain that leads to this name.
  record Via(String target) implements Wanted {
    public Via {
      target = absolute(target);
    }

    @Override
    public boolean accepts(List<String> answer) {
      return answer.stream()
          .filter(record -> record.startsWith(LINK))
          .anyMatch(record -> absolute(record.substring(LINK.length())).equals(target));
    }
  }

  /// A link of the chain with this label in its name, such as `us` in `lb.us.provider.example`.
  record Labelled(String label) implements Wanted {
    public Labelled {
      label = label.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean accepts(List<String> answer) {
      return answer.stream()
          .filter(record -> record.startsWith(LINK))
          .map(record -> absolute(record.substring(LINK.length())))
          .anyMatch(name -> List.of(name.split("\\.", -1)).contains(label));
    }
  }

  /// Anything else, as on the way back.
  record Not(Wanted other) implements Wanted {
    @Override
    public boolean accepts(List<String> answer) {
      return !other.accepts(answer);
    }
  }

  private static String absolute(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }
}
