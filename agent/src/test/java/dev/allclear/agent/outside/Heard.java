package dev.allclear.agent.outside;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a server on loopback answered over UDP to one question, and between which instants.
record Heard(Instant sent, Instant received, Message message) {
  /// The clock that a server reads may be behind by a tick of the system's.
  static final Duration TICK = Duration.ofMillis(100);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int OPTION_HEAD = 4;

  /// As the stub of a user asks, with the wish for an NSID.
  static Heard from(int port, String name, int type) throws IOException {
    return from(port, question(name, type));
  }

  static Heard from(int port, Message question) throws IOException {
    return from(port, question, LIMIT);
  }

  static Heard from(int port, Message question, Duration limit) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      byte[] wire = question.toWire();
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      Instant sent = Instant.now();
      socket.send(new DatagramPacket(wire, wire.length));
      socket.receive(packet);
      Instant received = Instant.now();
      return new Heard(sent, received, Dns.message(packet));
    }
  }

  static Message question(String name, int type) throws IOException {
    Message question =
        Message.newQuery(Record.newRecord(Name.fromString(name, Dns.ZONE), type, DClass.IN));
    question.addRecord(Dns.edns(new NSIDOption(new byte[0])), Section.ADDITIONAL);
    return question;
  }

  String rcode() {
    return Rcode.string(message.getRcode());
  }

  /// The data of the records of the asked type.
  Set<String> data() {
    return asked().stream().map(Record::rdataToString).collect(Collectors.toSet());
  }

  boolean says(String data) {
    return data().equals(Set.of(data));
  }

  /// Of the records of the asked type, or of the SOA that says how long there are none.
  long ttl() {
    List<Record> soa =
        message.getSection(Section.AUTHORITY).stream()
            .filter(each -> each.getType() == Type.SOA)
            .toList();
    List<Record> records = asked().isEmpty() ? soa : asked();
    return records.stream().mapToLong(Record::getTTL).min().orElseThrow();
  }

  /// Of the record of the answer with such data, whoever owns it.
  long ttl(String data) {
    return message.getSection(Section.ANSWER).stream()
        .filter(each -> each.rdataToString().equals(data))
        .mapToLong(Record::getTTL)
        .findFirst()
        .orElseThrow();
  }

  /// Whether its TTL is that of what was fetched for this question, of which whole seconds of the
  /// clock may have gone by until the answer.
  boolean isFresh(long full) {
    return isFresh(ttl(), full);
  }

  /// The same of the whole chain of the answer.
  boolean isFresh(List<Long> full) {
    List<Long> shown = ttls();
    return shown.size() == full.size()
        && IntStream.range(0, full.size()).allMatch(i -> isFresh(shown.get(i), full.get(i)));
  }

  private boolean isFresh(long shown, long full) {
    long most = received.getEpochSecond() - sent.minus(TICK).getEpochSecond();
    return full - most <= shown && shown <= full;
  }

  /// Of the whole chain of the answer.
  List<Long> ttls() {
    return message.getSection(Section.ANSWER).stream().map(Record::getTTL).toList();
  }

  boolean has(int flag) {
    return message.getHeader().getFlag(flag);
  }

  boolean isTruncated() {
    return has(Flags.TC);
  }

  /// The extended errors (RFC 8914), by their codes.
  Set<Integer> errors() {
    return options(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .map(each -> ((ExtendedErrorCodeOption) each).getErrorCode())
        .collect(Collectors.toSet());
  }

  /// Empty if it says none.
  String nsid() {
    return options(EDNSOption.Code.NSID).stream()
        .map(each -> Dns.text(each.toWire()).substring(OPTION_HEAD))
        .collect(Collectors.joining());
  }

  private List<EDNSOption> options(int code) {
    return message.getOPT() == null ? List.of() : message.getOPT().getOptions(code);
  }

  private List<Record> asked() {
    int type = message.getQuestion().getType();
    return message.getSection(Section.ANSWER).stream()
        .filter(each -> each.getType() == type)
        .toList();
  }

  @Override
  public String toString() {
    return "%s to %s: %s %s, TTLs %s, EDE %s, NSID %s"
        .formatted(sent, received, rcode(), data(), ttls(), errors(), nsid());
  }
}
