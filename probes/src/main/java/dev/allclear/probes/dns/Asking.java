package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.wire.Exchanged;
import dev.allclear.probes.wire.Packet;
import dev.allclear.probes.wire.Query;
import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// One question to one server. What is truncated over UDP is asked again over TCP, and without EDNS
/// what the server says it does not understand (RFC 6891, 7).
record Asking(Question question, Server server, Duration timeout, Wire wire, Wish wish)
    implements Callable<StepRun> {

  /// What is asked for beside the data.
  enum Wish {
    NOTHING,
    /// That a resolver does not validate (CD, RFC 4035, 3.2.2).
    UNCHECKED,
    /// That it says whether it did (AD, RFC 6840, 5.7).
    PROOF,
    /// What proves the data (DO, RFC 3225).
    SIGNATURES
  }

  private static final Duration LEAST = Duration.ofMillis(1);

  @Override
  public StepRun call() {
    Moment begin = wire.clock().now();
    try {
      Record asked = asked();
      Route route = server.route(DnsAddresses.system(wire));
      return exchange(begin, route, asked, false);
    } catch (UnknownHostException e) {
      return failed(begin, Cause.DNS, "no way to %s: %s".formatted(server, e.getMessage()));
    } catch (ProtocolException e) {
      return failed(begin, Cause.PROTOCOL, server + " sent " + e.getMessage());
    } catch (IOException e) {
      return failed(begin, Cause.PROTOCOL, "cannot ask %s: %s".formatted(server, e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return interrupted(begin, wire.clock().now());
    }
  }

  StepRun interrupted(Moment begin, Moment end) {
    return without(begin, end, Outcome.inconclusive("interrupted"));
  }

  private Record asked() throws TextParseException {
    Name name = Name.fromString(question.name(), Name.root);
    return Record.newRecord(name, Type.value(question.type()), DClass.IN);
  }

  private Packet packet(Record asked, boolean plain) {
    Message query = Message.newQuery(asked);
    if (server.authority()) {
      query.getHeader().unsetFlag(Flags.RD);
    }
    switch (wish) {
      case NOTHING, SIGNATURES -> {}
      case UNCHECKED -> query.getHeader().setFlag(Flags.CD);
      case PROOF -> query.getHeader().setFlag(Flags.AD);
    }
    if (!plain) {
      query.addRecord(Codec.asking(wish == Wish.SIGNATURES, server.subnet()), Section.ADDITIONAL);
    }
    return Packet.query(query.toWire());
  }

  private StepRun exchange(Moment begin, Route route, Record asked, boolean plain)
      throws InterruptedException, ProtocolException {
    Packet packet = packet(asked, plain);
    Exchanged first = wire.ask(new Query(route, packet, left(begin)));
    boolean truncated =
        first instanceof Exchanged.Answered answered
            && answered.packet().isTruncated()
            && route instanceof Route.Udp;
    Exchanged last =
        truncated && route instanceof Route.Udp udp
            ? wire.ask(new Query(udp.overTcp(), packet, left(begin)))
            : first;
    return !plain && isConfused(last)
        ? exchange(begin, route, asked, true)
        : told(begin, last, asked, new Way(first.begin(), truncated, plain));
  }

  /// How an answer was come by, and since when: over TCP after UDP, without EDNS after that was not
  /// understood.
  private record Way(Moment begin, boolean truncated, boolean plain) {}

  private static boolean isConfused(Exchanged exchanged) throws ProtocolException {
    if (!(exchanged instanceof Exchanged.Answered answered) || answered.packet().isTruncated()) {
      return false;
    }
    Message answer = Codec.answer(answered.packet());
    int rcode = answer.getRcode();
    return answer.getOPT() == null && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP);
  }

  private Duration left(Moment begin) {
    Duration left = timeout.minus(begin.until(wire.clock().now()));
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private StepRun told(Moment begin, Exchanged exchanged, Record asked, Way way)
      throws ProtocolException {
    Moment end = exchanged.end();
    return switch (exchanged) {
      case Exchanged.Answered answered -> answered(answered, asked, way);
      case Exchanged.Silent silent -> without(begin, end, silence(Words.strays(silent.strays())));
      case Exchanged.Refused refused ->
          without(
              begin,
              end,
              Outcome.fail(
                  Cause.CONNECT, "cannot reach %s: %s".formatted(server, refused.reason())));
      case Exchanged.Broken broken -> without(begin, end, broken(broken.cause(), broken.reason()));
      case Exchanged.Unsent unsent ->
          without(
              begin,
              end,
              Outcome.inconclusive("no socket to ask %s: %s".formatted(server, unsent.reason())));
    };
  }

  private Outcome silence(String strays) {
    String limit = Figures.written(timeout);
    return strays.isEmpty()
        ? Outcome.fail(Cause.TIMEOUT, "no answer from %s within %s".formatted(server, limit))
        : Outcome.fail(
            Cause.PROTOCOL, "%s sent only %s within %s".formatted(server, strays, limit));
  }

  private Outcome broken(Cause cause, String reason) {
    String verb =
        switch (cause) {
          case TLS -> ": ";
          case STATUS -> " answered with ";
          default -> " sent ";
        };
    return Outcome.fail(cause, server + verb + reason);
  }

  private StepRun answered(Exchanged.Answered answered, Record asked, Way way)
      throws ProtocolException {
    Message answer = Codec.answer(answered.packet());
    String rcode = Rcode.string(answer.getRcode());
    Chain chain = Chain.of(answer, asked);
    Moment end = answered.received();
    Reply reply =
        new Reply.Dns(
            server.name(),
            server.authority(),
            rcode,
            chain.records(),
            Reading.remaining(chain.ttl(), answered.age()),
            way.begin().until(end),
            new Reading(question, answer, answered, chain)
                .heard(over(way.truncated()), way.truncated(), way.plain()));
    Outcome outcome =
        answer.getRcode() == Rcode.NOERROR
            ? Outcome.pass()
            : Outcome.fail(Cause.DNS, server.name() + " answered " + rcode);
    return new StepRun(server.name(), way.begin(), end, outcome, reply);
  }

  /// What is truncated over UDP comes over TCP.
  private String over(boolean again) {
    Server.Transport carried = again ? Server.Transport.TCP : server.transport();
    return carried.name().toLowerCase(Locale.ROOT);
  }

  private StepRun failed(Moment begin, Cause cause, String detail) {
    return without(begin, wire.clock().now(), Outcome.fail(cause, detail));
  }

  private StepRun without(Moment begin, Moment end, Outcome outcome) {
    return new StepRun(server.name(), begin, end, outcome, Reply.nothing());
  }
}
