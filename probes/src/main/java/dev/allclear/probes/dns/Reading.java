package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.wire.Exchanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Reads an answer for what it says beside its data.
record Reading(Question question, Message answer, Exchanged.Answered answered, Chain chain) {
  private static final int MOST_ERRORS = 8;
  private static final int MOST_TEXT = 120;
  private static final int MOST_AUTHORITY = 500;
  private static final Set<Integer> PROOFS = Set.of(Type.RRSIG, Type.NSEC, Type.NSEC3);
  private static final int[] FLAGS = {Flags.AA, Flags.TC, Flags.RA, Flags.AD, Flags.CD};

  /// `truncated` if this is what came over another transport after UDP did not hold it, `plain` if
  /// it is what came without EDNS after that was not understood.
  Heard heard(String over, boolean truncated, boolean plain) {
    return new Heard(
        question.toString(),
        chain.lines().stream().map(this::aged).toList(),
        flags(),
        errors(),
        nsid(),
        negative(),
        referral(),
        subnet(),
        proofs(),
        new Heard.Carriage(
            over, truncated, plain, answered.caseKept(), answered.age(), answered.phases()));
  }

  /// What an HTTP cache has not used up (RFC 8484, 5.1).
  static Duration remaining(Duration ttl, @Nullable Duration age) {
    Duration left = age == null ? ttl : ttl.minus(age);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Heard.Line aged(Heard.Line line) {
    return new Heard.Line(
        line.owner(), line.type(), remaining(line.ttl(), answered.age()), line.data());
  }

  private List<String> flags() {
    List<String> set = new ArrayList<>();
    for (int flag : FLAGS) {
      if (answer.getHeader().getFlag(flag)) {
        set.add(Flags.string(flag));
      }
    }
    return set;
  }

  private List<EDNSOption> options() {
    OPTRecord edns = answer.getOPT();
    return edns == null ? List.of() : edns.getOptions();
  }

  private List<Heard.Extended> errors() {
    return options().stream()
        .filter(ExtendedErrorCodeOption.class::isInstance)
        .map(option -> extended((ExtendedErrorCodeOption) option))
        .limit(MOST_ERRORS)
        .toList();
  }

  private static Heard.Extended extended(ExtendedErrorCodeOption option) {
    int code = option.getErrorCode();
    String known = ExtendedErrorCodeOption.text(code);
    String text = option.getText() == null ? "" : option.getText();
    return new Heard.Extended(code, meaning(known), printable(text));
  }

  /// Mnemonics, as `STALE_ANSWER`, read as words; codes without one are numbers in the text.
  private static String meaning(String mnemonic) {
    return mnemonic.matches(".*\\d.*") ? "" : mnemonic.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private String nsid() {
    return options().stream()
        .filter(NSIDOption.class::isInstance)
        .map(option -> name(((GenericEDNSOption) option)))
        .findFirst()
        .orElse("");
  }

  /// Any octets, most often a text (RFC 5001, 3.1).
  private static String name(GenericEDNSOption option) {
    byte[] octets = content(option);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    return text.matches("[ -~]*") ? printable(text) : printable(HexFormat.of().formatHex(octets));
  }

  /// Its octets behind the code and the length.
  private static byte[] content(EDNSOption option) {
    byte[] wire = option.toWire();
    return Arrays.copyOfRange(wire, Math.min(4, wire.length), wire.length);
  }

  private static String printable(String text) {
    String plain = text.replaceAll("[^ -~]", "?").strip();
    return plain.length() > MOST_TEXT ? plain.substring(0, MOST_TEXT) + "…" : plain;
  }

  /// Of a name or type that is not there; a failure denies nothing.
  private Heard.@Nullable Negative negative() {
    boolean denied =
        answer.getRcode() == Rcode.NXDOMAIN
            || (answer.getRcode() == Rcode.NOERROR
                && chain.lines().stream().allMatch(Heard.Line::isLink));
    if (!denied) {
      return null;
    }
    for (Record record : authority()) {
      if (record instanceof SOARecord soa) {
        long ttl = Math.min(soa.getTTL(), soa.getMinimum());
        return new Heard.Negative(
            Chain.shown(soa.getName()),
            remaining(Duration.ofSeconds(ttl), answered.age()),
            soa.getSerial());
      }
    }
    return null;
  }

  /// NS records in place of an answer, from a server that does not claim to know (RFC 1034, 4.3.1).
  private Heard.@Nullable Referral referral() {
    boolean refers =
        answer.getRcode() == Rcode.NOERROR
            && !answer.getHeader().getFlag(Flags.AA)
            && chain.lines().isEmpty();
    List<Record> servers =
        authority().stream().filter(record -> record.getType() == Type.NS).toList();
    if (!refers || servers.isEmpty()) {
      return null;
    }
    Name zone = servers.getFirst().getName();
    return new Heard.Referral(
        Chain.shown(zone),
        servers.stream().filter(ns -> ns.getName().equals(zone)).map(Chain::line).toList(),
        answer.getSection(Section.ADDITIONAL).stream()
            .filter(record -> record.getType() == Type.A || record.getType() == Type.AAAA)
            .limit(MOST_AUTHORITY)
            .map(Chain::line)
            .toList());
  }

  private Heard.@Nullable ClientSubnet subnet() {
    return options().stream()
        .filter(ClientSubnetOption.class::isInstance)
        .map(option -> (ClientSubnetOption) option)
        .map(option ->
            new Heard.ClientSubnet(
                Literal.show(option.getAddress()) + "/" + option.getSourcePrefixLength(),
                option.getScopePrefixLength()))
        .findFirst()
        .orElse(null);
  }

  private List<Heard.Line> proofs() {
    return Stream.concat(answer.getSection(Section.ANSWER).stream(), authority().stream())
        .filter(record -> PROOFS.contains(record.getType()))
        .limit(MOST_AUTHORITY)
        .map(Chain::line)
        .toList();
  }

  private List<Record> authority() {
    return answer.getSection(Section.AUTHORITY).stream().limit(MOST_AUTHORITY).toList();
  }
}
