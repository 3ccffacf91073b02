package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.io.IOException;
import java.net.BindException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
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

/// One question to one server.
record Asking(Question question, Server server, Duration timeout, Clock clock)
    implements Callable<StepRun> {

  @Override
  public StepRun call() {
    Moment begin = clock.now();
    try {
      Message query = query();
      Exchange.Arrived arrived = new Exchange(server, query, timeout, clock).ask();
      return answered(begin, arrived.at(), arrived.message(), query.getQuestion());
    } catch (IOException e) {
      return new StepRun(server.name(), begin, clock.now(), unanswered(e), Reply.nothing());
    }
  }

  StepRun interrupted(Moment begin, Moment end) {
    return new StepRun(
        server.name(), begin, end, Outcome.inconclusive("interrupted"), Reply.nothing());
  }

  private Message query() throws TextParseException {
    Name name = Name.fromString(question.name(), Name.root);
    Message query =
        Message.newQuery(Record.newRecord(name, Type.value(question.type()), DClass.IN));
    if (server.authority()) {
      query.getHeader().unsetFlag(Flags.RD);
    }
    query.addRecord(Wire.edns(), Section.ADDITIONAL);
    return query;
  }

  private StepRun answered(Moment begin, Moment end, Message answer, Record asked)
      throws ProtocolException {
    String rcode = Rcode.string(answer.getRcode());
    Chain chain = Chain.of(answer, asked);
    Reply reply =
        new Reply.Dns(
            server.name(),
            server.authority(),
            rcode,
            chain.records(),
            chain.ttl(),
            begin.until(end));
    Outcome outcome =
        answer.getRcode() == Rcode.NOERROR
            ? Outcome.pass()
            : Outcome.fail(Cause.DNS, server.name() + " answered " + rcode);
    return new StepRun(server.name(), begin, end, outcome, reply);
  }

  private Outcome unanswered(IOException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.inconclusive("interrupted");
    }
    return switch (failure) {
      case SocketTimeoutException _ ->
          Outcome.fail(
              Cause.TIMEOUT, "no answer from " + server + " within " + Figures.written(timeout));
      case ProtocolException sent ->
          Outcome.fail(Cause.PROTOCOL, server + " sent " + sent.getMessage());
      case BindException local ->
          Outcome.inconclusive("no socket to ask " + server + ": " + local.getMessage());
      case PortUnreachableException _ ->
          Outcome.fail(Cause.CONNECT, "cannot reach " + server + ": port unreachable");
      case IOException other ->
          Outcome.fail(Cause.CONNECT, "cannot reach " + server + ": " + other.getMessage());
    };
  }
}
