package dev.allclear.probes;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one DNS answer said beside its data, and how it came. `question` is a name and a type;
/// `lines` are the links of the chain in their order, then the data at its end; `flags` are those
/// set of `aa`, `tc`, `ra`, `ad` and `cd`; `nsid` is the server's name for itself (RFC 5001), or
/// empty; `negative` is there only if the name or the type is not, `referral` only if the server
/// knows neither but names others; `subnet` only if it answers by the client's network. `proofs`
/// are RRSIG, NSEC and NSEC3 records, which come only when asked for.
public record Heard(
    String question,
    List<Line> lines,
    List<String> flags,
    List<Extended> errors,
    String nsid,
    @Nullable Negative negative,
    @Nullable Referral referral,
    @Nullable ClientSubnet subnet,
    List<Line> proofs,
    Carriage carriage) {
  public static final Heard NOTHING =
      new Heard(
          "", List.of(), List.of(), List.of(), "", null, null, null, List.of(), Carriage.UNKNOWN);

  public Heard {
    lines = List.copyOf(lines);
    flags = List.copyOf(flags);
    errors = List.copyOf(errors);
    proofs = List.copyOf(proofs);
  }

  /// It says nothing about the client's network, and proves nothing.
  public Heard(
      String question,
      List<Line> lines,
      List<String> flags,
      List<Extended> errors,
      String nsid,
      @Nullable Negative negative,
      @Nullable Referral referral,
      Carriage carriage) {
    this(question, lines, flags, errors, nsid, negative, referral, null, List.of(), carriage);
  }

  /// One record with its own TTL as it came, less what an HTTP cache used up.
  public record Line(String owner, String type, Duration ttl, String data) {
    public boolean isLink() {
      return type.equals("CNAME");
    }
  }

  /// An extended error (RFC 8914): its code with the registered words, and what the server added,
  /// cut and printable.
  public record Extended(int code, String meaning, String text) {
    /// As in `EDE 3 Stale Answer: stale data prioritized over lookup`.
    @Override
    public String toString() {
      String added = text.isEmpty() ? "" : ": " + text;
      return "EDE " + code + (meaning.isEmpty() ? "" : " " + meaning) + added;
    }
  }

  /// The SOA of a denial: the zone, how long the denial may be remembered (the smaller of its TTL
  /// and its MINIMUM, RFC 2308, 5), and the zone's serial.
  public record Negative(String zone, Duration ttl, long serial) {}

  /// Who is said to know more, for which zone: its NS records and the addresses that came with
  /// them.
  public record Referral(String zone, List<Line> servers, List<Line> glue) {
    public Referral {
      servers = List.copyOf(servers);
      glue = List.copyOf(glue);
    }
  }

  /// For which network of clients the answer was made, as in `203.0.113.0/24`, and how many bits of
  /// their addresses it holds for: its `scope`, 0 if for everybody (RFC 7871, 7.2.1).
  public record ClientSubnet(String network, int scope) {}

  /// How an answer came: `over` is `udp`, `tcp`, `tls` or `https`; `truncated` if it was asked for
  /// again because UDP did not hold it, `plain` if because the server did not understand EDNS;
  /// `caseKept` if it repeats the question letter by letter; `age` is how long an HTTP cache held
  /// it.
  public record Carriage(
      String over,
      boolean truncated,
      boolean plain,
      boolean caseKept,
      @Nullable Duration age,
      Phases phases) {
    public static final Carriage UNKNOWN = new Carriage("", false, false, true, null, Phases.NONE);

    /// As in `udp` or `udp, then tcp` or `udp, then without EDNS`.
    @Override
    public String toString() {
      return (truncated ? "udp, then " + over : over) + (plain ? ", then without EDNS" : "");
    }
  }

  /// The same, but of a longer chain.
  public Heard with(List<Line> chain, @Nullable Negative end) {
    return new Heard(question, chain, flags, errors, nsid, end, referral, subnet, proofs, carriage);
  }

  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /// Whether the answer says itself that it is past its TTL (RFC 8767).
  public boolean isStale() {
    return errors.stream().anyMatch(error -> error.code() == 3 || error.code() == 19);
  }

  public List<Line> links() {
    return lines.stream().filter(Line::isLink).toList();
  }
}
