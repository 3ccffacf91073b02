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

/// One question to one server. What is truncated over UDP is asked again over TCP. `unchecked` asks
/// a resolver not to validate (CD, RFC 4035, 3.2.2).
record Asking(Question question, Server server, Duration timeout, Wire wire, boolean unchecked)
    implements Callable<StepRun> {
  private static final Duration LEAST = Duration.ofMillis(1);

  @Override
  public StepRun call() {
    Moment begin = wire.clock().now();
    try {
      Record asked = asked();
      Route route = server.route(DnsAddresses.system(wire));
      return exchange(begin, route, packet(asked), asked);
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

  private Packet packet(Record asked) {
    Message query = Message.newQuery(asked);
    if (server.authority()) {
      query.getHeader().unsetFlag(Flags.RD);
    }
    if (unchecked) {
      query.getHeader().setFlag(Flags.CD);
    }
    query.addRecord(Codec.asking(server.subnet()), Section.ADDITIONAL);
    return Packet.query(query.toWire());
  }

  private StepRun exchange(Moment begin, Route route, Packet packet, Record asked)
      throws InterruptedException, ProtocolException {
    Exchanged first = wire.ask(new Query(route, packet, left(begin)));
    if (first instanceof Exchanged.Answered answered
        && answered.packet().isTruncated()
        && route instanceof Route.Udp udp) {
      Exchanged whole = wire.ask(new Query(udp.overTcp(), packet, left(begin)));
      return told(first.begin(), whole, asked, true);
    }
    return told(first.begin(), first, asked, false);
  }

  private Duration left(Moment begin) {
    Duration left = timeout.minus(begin.until(wire.clock().now()));
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private StepRun told(Moment begin, Exchanged exchanged, Record asked, boolean again)
      throws ProtocolException {
    Moment end = exchanged.end();
    return switch (exchanged) {
      case Exchanged.Answered answered -> answered(begin, answered, asked, again);
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

  private StepRun answered(Moment begin, Exchanged.Answered answered, Record asked, boolean again)
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
            begin.until(end),
            new Reading(question, answer, answered, chain).heard(over(again), again));
    Outcome outcome =
        answer.getRcode() == Rcode.NOERROR
            ? Outcome.pass()
            : Outcome.fail(Cause.DNS, server.name() + " answered " + rcode);
    return new StepRun(server.name(), begin, end, outcome, reply);
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
