package dev.allclear.probes.dns;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Turns one query packet into one answer packet by asking a handler. Any thread.
final class Responder {
  private static final System.Logger LOG = System.getLogger(Responder.class.getName());

  /// What fits into a datagram without EDNS (RFC 1035, 4.2.1).
  private static final int PLAIN_DATAGRAM = 512;

  static final int LARGEST = 65_535;

  private final Nameserver.Handler handler;

  Responder(Nameserver.Handler handler) {
    this.handler = handler;
  }

  /// Null if the packet deserves no answer, or the handler gives none.
  byte @Nullable [] overUdp(byte[] packet) {
    Message query = query(packet);
    if (query == null) {
      return null;
    }
    OPTRecord edns = query.getOPT();
    int limit = edns == null ? PLAIN_DATAGRAM : Math.max(PLAIN_DATAGRAM, edns.getPayloadSize());
    return answer(query, limit);
  }

  byte @Nullable [] overTcp(byte[] packet) {
    Message query = query(packet);
    return query == null ? null : answer(query, LARGEST);
  }

  private static @Nullable Message query(byte[] packet) {
    try {
      Message message = Codec.decode(packet);
      boolean sound = !message.getHeader().getFlag(Flags.QR) && message.getQuestion() != null;
      return sound ? message : null;
    } catch (IOException _) {
      return null;
    }
  }

  private byte @Nullable [] answer(Message query, int limit) {
    Message reply = frame(query);
    try {
      if (query.getHeader().getOpcode() != Opcode.QUERY) {
        reply.getHeader().setRcode(Rcode.NOTIMP);
        return reply.toWire(limit);
      }
      Nameserver.Answer answer = handler.answer(question(query.getQuestion()));
      if (answer == null) {
        return null;
      }
      fill(reply, answer);
    } catch (UnsupportedOperationException _) {
      reply.getHeader().setRcode(Rcode.NOTIMP);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, () -> "no answer for " + query.getQuestion(), e);
      reply = frame(query);
      reply.getHeader().setRcode(Rcode.SERVFAIL);
    }
    return reply.toWire(limit);
  }

  /// @throws UnsupportedOperationException if it asks what a Question cannot say
  private static Question question(Record asked) {
    try {
      return new Question(asked.getName().toString(), Type.string(asked.getType()));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedOperationException(e);
    }
  }

  private static Message frame(Message query) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    if (query.getHeader().getFlag(Flags.RD)) {
      reply.getHeader().setFlag(Flags.RD);
    }
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    if (query.getOPT() != null) {
      reply.addRecord(Codec.edns(), Section.ADDITIONAL);
    }
    return reply;
  }

  private static void fill(Message reply, Nameserver.Answer answer) throws IOException {
    Header header = reply.getHeader();
    int rcode = Rcode.value(answer.rcode());
    if (rcode < 0) {
      throw new IllegalArgumentException("unknown rcode " + answer.rcode());
    }
    header.setRcode(rcode);
    header.setFlag(answer.authoritative() ? Flags.AA : Flags.RA);
    for (Nameserver.Resource resource : answer.records()) {
      Record record = record(resource);
      // A zone's SOA that nobody asked for says how long "no" may be remembered (RFC 2308, 3).
      boolean negative = record.getType() == Type.SOA && reply.getQuestion().getType() != Type.SOA;
      reply.addRecord(record, negative ? Section.AUTHORITY : Section.ANSWER);
    }
  }

  private static Record record(Nameserver.Resource resource) throws IOException {
    return Record.fromString(
        Name.fromString(resource.name(), Name.root),
        Type.value(resource.type()),
        DClass.IN,
        resource.ttl().toSeconds(),
        resource.data(),
        Name.root);
  }
}
