package dev.allclear.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EventJsonTest {
  private static final Moment AT = new Moment(Instant.parse("2026-01-01T00:00:01Z"), 2, 7);
  private static final Moment FROM = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 1, 6);
  private static final Bounds WHEN = Bounds.between(FROM, AT);
  private static final Bounds END = Bounds.at(AT);

  @Test
  void everyKindOfEventHasASample() {
    Set<Class<?>> sampled =
        new RandomEvents(new Random(1))
            .ofEveryKind().stream().map(Event::getClass).collect(Collectors.toSet());

    assertEquals(kinds(Event.class).collect(Collectors.toSet()), sampled);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(EventJsonTest::kinds)
        : Stream.of(type);
  }

  @Test
  void everyKindHasATypeOfItsOwn() {
    List<String> types =
        new RandomEvents(new Random(1)).ofEveryKind().stream().map(EventJson::type).toList();

    assertEquals(types.size(), Set.copyOf(types).size());
  }

  @Test
  void readsBackWhatItWrote() {
    for (long seed = 0; seed < 200; seed++) {
      for (Event event : new RandomEvents(new Random(seed)).ofEveryKind()) {
        String body = EventJson.write(event);

        assertEquals(event, EventJson.read(EventJson.type(event), body), "seed " + seed);
        assertEquals(1, body.lines().count(), body);
      }
    }
  }

  private static final Level MINOR = new Level("minor", 7);

  static Stream<Arguments> kept() {
    return Stream.of(
        Arguments.of(new Event.Healthy(AT), "healthy", "{'at':AT}"),
        Arguments.of(
            new Event.Suspected(AT, "get /", WHEN, Cause.TIMEOUT, "after 2 s"),
            "suspected",
            "{'at':AT,'probe':'get /','onset':WHEN,'cause':'timeout','detail':'after 2 s'}"),
        Arguments.of(
            new Event.Blipped(AT, "get /", WHEN, END),
            "blipped",
            "{'at':AT,'probe':'get /','onset':WHEN,'end':END}"),
        Arguments.of(
            new Event.Detected(
                AT,
                "shop-1",
                WHEN,
                Set.of("get /"),
                "get /",
                Cause.STATUS,
                "503",
                new Rto(Duration.ofMinutes(2), Rto.From.ONSET)),
            "detected",
            "{'at':AT,'id':'shop-1','failing':['get /'],'probe':'get /','onset':WHEN,"
                + "'cause':'status','detail':'503','rto':{'target':'PT2M','from':'onset'}}"),
        Arguments.of(
            new Event.AlsoFailing(AT, "pay", WHEN, Cause.ASSERTION, "no id"),
            "also-failing",
            "{'at':AT,'probe':'pay','onset':WHEN,'cause':'assertion','detail':'no id'}"),
        Arguments.of(
            new Event.Detected(
                AT,
                "shop-1",
                WHEN,
                Set.of("search"),
                "search",
                Cause.STATUS,
                "503",
                new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
                MINOR,
                Kind.MAINTENANCE,
                Map.of(MINOR, new Rto(Duration.ofHours(1), Rto.From.DETECTED))),
            "detected",
            "{'at':AT,'id':'shop-1','failing':['search'],'probe':'search','onset':WHEN,"
                + "'cause':'status','detail':'503','level':'minor','rank':7,"
                + "'rto':{'target':'PT2M','from':'onset'},'kind':'maintenance',"
                + "'objectives':[{'level':'minor','rank':7,'target':'PT1H','from':'detected'}]}"),
        Arguments.of(
            new Event.Flapping(
                AT,
                "shop-1",
                WHEN,
                END,
                5,
                "get /",
                new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
                Kind.OUTAGE,
                Map.of()),
            "flapping",
            "{'at':AT,'id':'shop-1','onset':WHEN,'good':END,'blips':5,'probe':'get /',"
                + "'rto':{'target':'PT2M','from':'onset'}}"),
        Arguments.of(
            new Event.Worsened(AT, "pay", WHEN, Cause.CONNECT, "refused", MINOR),
            "worsened",
            "{'at':AT,'probe':'pay','onset':WHEN,'cause':'connect','detail':'refused',"
                + "'level':'minor','rank':7}"),
        Arguments.of(
            new Event.Eased(AT, MINOR, WHEN, Set.of("search")),
            "eased",
            "{'at':AT,'restored':WHEN,'failing':['search'],'level':'minor','rank':7}"),
        Arguments.of(new Event.Overdue(AT), "overdue", "{'at':AT}"),
        Arguments.of(new Event.Overran(AT, FROM), "overran", "{'at':AT,'end':FROM}"),
        Arguments.of(
            new Event.FirstGood(AT, "get /", WHEN, Set.of("pay")),
            "first-good",
            "{'at':AT,'probe':'get /','good':WHEN,'waitingFor':['pay']}"),
        Arguments.of(new Event.Verifying(AT), "verifying", "{'at':AT}"),
        Arguments.of(
            new Event.FalseStart(AT, "pay", WHEN, Cause.TLS, "expired"),
            "false-start",
            "{'at':AT,'probe':'pay','failed':WHEN,'cause':'tls','detail':'expired'}"),
        Arguments.of(new Event.Verified(AT, WHEN), "verified", "{'at':AT,'restored':WHEN}"),
        Arguments.of(
            new Event.Relapsed(AT, "pay", WHEN, Cause.DNS, "no such name"),
            "relapsed",
            "{'at':AT,'probe':'pay','failed':WHEN,'cause':'dns','detail':'no such name'}"),
        Arguments.of(new Event.DepthsDiffer(AT, WHEN), "depths-differ", "{'at':AT,'since':WHEN}"),
        Arguments.of(new Event.DepthsAgree(AT, WHEN), "depths-agree", "{'at':AT,'until':WHEN}"),
        Arguments.of(
            new Event.Waits(AT, Set.of("mail", "identity")),
            "waits",
            "{'at':AT,'services':['identity','mail']}"),
        Arguments.of(
            new Event.Served(AT, "buy", "version", Set.of("v2"), Set.of("v1"), 7, WHEN),
            "served",
            "{'at':AT,'probe':'buy','label':'version','from':['v2'],'to':['v1'],'runs':7,"
                + "'shifted':WHEN}"),
        Arguments.of(new Event.Closed(AT), "closed", "{'at':AT}"),
        Arguments.of(
            new Event.Blind(AT, FROM, "not running"),
            "blind",
            "{'at':AT,'from':FROM,'reason':'not running'}"),
        Arguments.of(
            new Event.LostSight(AT, FROM, "no witness answers"),
            "lost-sight",
            "{'at':AT,'from':FROM,'reason':'no witness answers'}"),
        Arguments.of(
            new Event.ClockSet(AT, Duration.ofHours(-1)), "clock-set", "{'at':AT,'by':'PT-1H'}"),
        Arguments.of(
            new Event.Claimed(AT, "shop-1", claim(new Said.Note("all well"))),
            "claimed",
            "{'at':AT,'incident':'shop-1','key':'k','actor':'eve','when':WHEN,"
                + "'said':{'type':'note','text':'all well'}}"),
        Arguments.of(
            new Event.DnsChanged(AT, "a.example", WHEN, List.of(), List.of("192.0.2.1")),
            "dns-changed",
            "{'at':AT,'name':'a.example','changed':WHEN,'oldRecords':[],"
                + "'newRecords':['192.0.2.1']}"),
        Arguments.of(
            new Event.DnsFlipped(AT, "a.example", "office", "one", WHEN),
            "dns-flipped",
            "{'at':AT,'name':'a.example','server':'office','cache':'one','flipped':WHEN}"),
        Arguments.of(
            new Event.DnsReverted(AT, "a.example", "office", ""),
            "dns-reverted",
            "{'at':AT,'name':'a.example','server':'office','cache':''}"),
        Arguments.of(
            new Event.DnsConverged(AT, "a.example", WHEN),
            "dns-converged",
            "{'at':AT,'name':'a.example','converged':WHEN}"),
        Arguments.of(
            new Event.DnsTtl(AT, "a.example", "a.example A", 300),
            "dns-ttl",
            "{'at':AT,'name':'a.example','link':'a.example A','ttl':300}"),
        Arguments.of(
            new Event.DnsClaimed(AT, "a.example", FROM, "deploy-42"),
            "dns-claimed",
            "{'at':AT,'name':'a.example','claimed':FROM,'actor':'deploy-42'}"),
        Arguments.of(
            new Event.DnsPublished(AT, "a.example", "ns1", WHEN),
            "dns-published",
            "{'at':AT,'name':'a.example','server':'ns1','published':WHEN}"),
        Arguments.of(
            new Event.DnsForetold(AT, "a.example", WHEN, "office", "x A", true, List.of("home")),
            "dns-foretold",
            "{'at':AT,'name':'a.example','last':WHEN,'server':'office','link':'x A','firm':true,"
                + "'unknown':['home']}"),
        Arguments.of(
            new Event.DnsVerdict(AT, "a.example", "office", "obeys", "obeys the TTL"),
            "dns-verdict",
            "{'at':AT,'name':'a.example','server':'office','verdict':'obeys',"
                + "'text':'obeys the TTL'}"),
        Arguments.of(
            new Event.DnsUnreachable(AT, "a.example", WHEN),
            "dns-unreachable",
            "{'at':AT,'name':'a.example','since':WHEN}"),
        Arguments.of(
            new Event.DnsReachable(AT, "a.example", WHEN),
            "dns-reachable",
            "{'at':AT,'name':'a.example','since':WHEN}"),
        Arguments.of(
            new Event.DnsLagging(AT, "a.example", "office"),
            "dns-lagging",
            "{'at':AT,'name':'a.example','server':'office'}"),
        Arguments.of(
            new Event.DnsRecovered(AT, "a.example", "office", WHEN),
            "dns-recovered",
            "{'at':AT,'name':'a.example','server':'office','recovered':WHEN}"));
  }

  private static Claim claim(Said said) {
    return new Claim("k", "eve", WHEN, said);
  }

  static Stream<Arguments> said() {
    return Stream.of(
        Arguments.of(
            new Said.IncidentDeclared("eu is down"), "'incident-declared','summary':'eu is down'"),
        Arguments.of(
            new Said.FaultInjected("kill eu", true),
            "'fault-injected','fault':'kill eu','gameDay':true"),
        Arguments.of(new Said.Acknowledged(), "'acknowledged'"),
        Arguments.of(new Said.RemediationStarted(), "'remediation-started'"),
        Arguments.of(
            new Said.StepStarted("drain", Said.Mode.AUTO, "https://wiki.example/1"),
            "'step-started','step':'drain','mode':'auto','runbook':'https://wiki.example/1'"),
        Arguments.of(
            new Said.StepFinished("drain", Said.Mode.MANUAL, Said.Result.SKIPPED, "was empty"),
            "'step-finished','step':'drain','mode':'manual','outcome':'skipped',"
                + "'detail':'was empty'"),
        Arguments.of(
            new Said.ApprovalRequested("failover"), "'approval-requested','what':'failover'"),
        Arguments.of(new Said.ApprovalGranted("failover"), "'approval-granted','what':'failover'"),
        Arguments.of(
            new Said.RestoreProgress("orders", 5, 9_000_000_000L),
            "'restore-progress','what':'orders','done':5,'total':9000000000"),
        Arguments.of(new Said.RestoreCompleted("orders"), "'restore-completed','what':'orders'"),
        Arguments.of(new Said.TrafficShifted("us"), "'traffic-shifted','to':'us'"),
        Arguments.of(new Said.DnsChanged("a.example"), "'dns-changed','name':'a.example'"),
        Arguments.of(
            new Said.RollbackStarted("1.3", "1.2"), "'rollback-started','from':'1.3','to':'1.2'"),
        Arguments.of(
            new Said.RollbackCompleted("1.3", "1.2"),
            "'rollback-completed','from':'1.3','to':'1.2'"),
        Arguments.of(
            new Said.IntegrityChecked(false, "3 rows"),
            "'integrity-checked','passed':false,'detail':'3 rows'"),
        Arguments.of(
            new Said.DetectorFired("grafana", "5xx"),
            "'detector-fired','detector':'grafana','alert':'5xx'"),
        Arguments.of(
            new Said.DetectorCleared("grafana", "5xx"),
            "'detector-cleared','detector':'grafana','alert':'5xx'"),
        Arguments.of(
            new Said.Gauge("lag", 2.5, "s"), "'gauge','name':'lag','value':2.5,'unit':'s'"),
        Arguments.of(new Said.Note("all well"), "'note','text':'all well'"));
  }

  @ParameterizedTest
  @MethodSource("said")
  void whatIsSaidStaysReadable(Said said, String members) {
    Event event = new Event.Claimed(AT, "", claim(said));
    String body = EventJson.write(event);

    assertEquals(
        "\"said\":{\"type\":" + members.replace('\'', '"') + "}}",
        body.substring(body.indexOf("\"said\"")));
    assertEquals(event, EventJson.read("claimed", body));
  }

  @Test
  void everyTypeOfClaimIsKept() {
    assertEquals(
        Said.labels(),
        said().map(each -> ((Said) Objects.requireNonNull(each.get()[0])).label()).toList());
    assertEquals(kinds(Said.class).filter(Class::isRecord).count(), Said.labels().size());
  }

  @Test
  void keepsWhyTheAgentWasBlind() {
    Event blind = new Event.Blind(AT, FROM, Blindness.NETWORK, "no witness answered");
    assertEquals(blind, EventJson.read("blind", EventJson.write(blind)));
  }

  @Test
  void readsFlipsOfWhenCachesWereNotToldApart() {
    String body = EventJson.write(new Event.DnsReverted(AT, "a.example", "office", ""));
    assertEquals(
        new Event.DnsReverted(AT, "a.example", "office", ""),
        EventJson.read("dns-reverted", body.replace(",\"cache\":\"\"", "")));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void staysReadableForLaterVersions(Event event, String type, String body) {
    String json =
        body.replace('\'', '"')
            .replace("WHEN", TimeJson.write(WHEN))
            .replace("END", TimeJson.write(END))
            .replace("FROM", TimeJson.write(FROM))
            .replace("AT", TimeJson.write(AT));

    assertEquals(type, EventJson.type(event));
    assertEquals(json, EventJson.write(event));
    assertEquals(event, EventJson.read(type, json));
  }

  @Test
  void keepsEveryKind() {
    long kept =
        kept().map(each -> Objects.requireNonNull(each.get()[0]).getClass()).distinct().count();
    assertEquals(kinds(Event.class).count(), kept);
  }

  @Test
  void ignoresWhatANewerVersionAdded() {
    String body = EventJson.write(new Event.Closed(AT)).replace("\"nanos\"", "\"tai\":9,\"nanos\"");

    assertEquals(
        new Event.Closed(AT), EventJson.read("closed", body.replace("{\"at", "{\"new\":[],\"at")));
  }

  static Stream<Arguments> broken() {
    String at = "{'wall':'2026-01-01T00:00:00Z','nanos':1,'session':1}";
    String early = "{'wall':'2026-01-01T00:00:00Z','nanos':0,'session':1}";
    return Stream.of(
        Arguments.of("closed", "{}", "closed: at is missing"),
        Arguments.of("closed", "{'at':null}", "closed: at is missing"),
        Arguments.of("closed", "{'at':7}", "closed: at is not an object"),
        Arguments.of("closed", "[]", "closed: not a JSON object"),
        Arguments.of("closed", "", "closed: not JSON: No content to map due to end-of-input"),
        Arguments.of("closed", "{'at':{'wall':7}}", "closed: at.wall is not a string"),
        Arguments.of(
            "closed", "{'at':{'wall':'noon'}}", "closed: at.wall cannot be read: \"noon\""),
        Arguments.of(
            "closed",
            at.replace("1,", "1.5,").replace("{'w", "{'at':{'w") + "}",
            "closed: at.nanos is not a whole number"),
        Arguments.of(
            "verified",
            "{'at':" + at + ",'restored':{'earliest':" + at + "}}",
            "verified: restored.likely is missing"),
        Arguments.of(
            "verified",
            "{'at':%s,'restored':{'earliest':%s,'likely':%s,'latest':%s}}"
                .formatted(at, at, at, early),
            "verified: latest < earliest"),
        Arguments.of("blind", "{'at':" + at + ",'from':" + at + "}", "blind: reason is missing"),
        Arguments.of(
            "dns-changed",
            "{'at':%s,'name':'a','changed':{'earliest':%s,'likely':%s,'latest':%s},'oldRecords':[1]}"
                .formatted(at, at, at, at),
            "dns-changed: oldRecords is not a list of strings"),
        Arguments.of(
            "suspected",
            "{'at':%s,'probe':'p','onset':{'earliest':%s,'likely':%s,'latest':%s},'cause':'moon'}"
                .formatted(at, at, at, at),
            "suspected: cause is unknown: \"moon\""),
        Arguments.of(
            "eclipsed", "{'at':" + at + "}", "eclipsed: unknown type, a newer version wrote it"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void namesWhatIsWrong(String type, String body, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> EventJson.read(type, body.replace('\'', '"')));

    assertEquals(message, e.getMessage());
  }
}
