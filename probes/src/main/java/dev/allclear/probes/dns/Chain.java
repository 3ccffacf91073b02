package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What an answer says about the name that was asked for: the CNAMEs that lead on from it, then the
/// data at their end. Other records in the packet prove nothing and are left out. `records` are
/// sorted, `lines` are in the order of the chain.
record Chain(List<String> records, Duration ttl, List<Heard.Line> lines) {
  private static final int MOST_RECORDS = 500;
  private static final int LONGEST = 16;

  static Chain of(Message answer, Record question) throws ProtocolException {
    List<Record> section = answer.getSection(Section.ANSWER);
    if (section.size() > MOST_RECORDS) {
      throw new ProtocolException("an answer of " + section.size() + " records");
    }
    List<Record> used = follow(section, question.getName(), question.getType());
    List<String> shown = new ArrayList<>();
    for (Record record : used) {
      boolean link = record.getType() != question.getType();
      shown.add(link ? "CNAME " + data(record) : data(record));
    }
    Collections.sort(shown);
    long ttl = used.stream().mapToLong(Record::getTTL).min().orElse(0);
    List<Heard.Line> lines = used.stream().map(Chain::line).toList();
    return new Chain(List.copyOf(shown), Duration.ofSeconds(ttl), lines);
  }

  static Heard.Line line(Record record) {
    return new Heard.Line(
        shown(record.getName()),
        Type.string(record.getType()),
        Duration.ofSeconds(record.getTTL()),
        data(record));
  }

  /// As questions show it: in lower case, without the trailing dot.
  static String shown(Name name) {
    return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
  }

  private static List<Record> follow(List<Record> section, Name start, int type)
      throws ProtocolException {
    List<Record> used = new ArrayList<>();
    Name owner = start;
    for (int link = 0; link < LONGEST; link++) {
      List<Record> found = at(section, owner, type);
      List<Record> alias = found.isEmpty() ? at(section, owner, Type.CNAME) : List.of();
      used.addAll(found);
      if (alias.isEmpty()) {
        return used;
      }
      used.add(alias.getFirst());
      owner = ((CNAMERecord) alias.getFirst()).getTarget();
    }
    throw new ProtocolException("a chain of more than " + LONGEST + " CNAMEs");
  }

  private static List<Record> at(List<Record> section, Name owner, int type) {
    return section.stream()
        .filter(record -> record.getName().equals(owner))
        .filter(record -> record.getType() == type && record.getDClass() == DClass.IN)
        .distinct()
        .toList();
  }

  /// Names in it compare without case, so they are shown in lower case; texts are not.
  private static String data(Record record) {
    return switch (record) {
      case ARecord a -> Literal.show(a.getAddress());
      case AAAARecord aaaa -> Literal.show(aaaa.getAddress());
      case Record other ->
          switch (other.getType()) {
            case Type.CNAME, Type.MX, Type.NS, Type.PTR, Type.SOA, Type.SRV ->
                other.rdataToString().toLowerCase(Locale.ROOT);
            default -> other.rdataToString();
          };
    };
  }
}
