package dev.allclear.agent.propagation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Query;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CourseTest {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "192.0.2.2";
  private static final int NS1 = 0;
  private static final int NS2 = 1;
  private static final int OFFICE = 2;

  private final Course course = new Course(subject(null));

  private static Subject subject(@Nullable Wanted wanted) {
    return new Subject(
        "shop.example A",
        new Question("shop.example", "A"),
        wanted,
        List.of(server("192.0.2.51").asAuthority(), server("192.0.2.52").asAuthority()),
        List.of(server("192.0.2.53")),
        Duration.ofSeconds(5));
  }

  private static Server server(String address) {
    return Server.parse(address, address);
  }

  private static Moment at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new Moment(Instant.EPOCH.plusNanos(nanos), nanos, 1);
  }

  private static StepRun answer(double sent, String value, int ttl) {
    Duration left = Duration.ofSeconds(ttl);
    Heard heard =
        new Heard(
            "shop.example A",
            List.of(new Heard.Line("shop.example", "A", left, value)),
            List.of(),
            List.of(),
            "",
            null,
            null,
            Heard.Carriage.UNKNOWN);
    return step(
        sent,
        new Reply.Dns("x", false, "NOERROR", List.of(value), left, Duration.ofMillis(20), heard));
  }

  private static StepRun denial(double sent) {
    return step(
        sent,
        new Reply.Dns("x", true, "NXDOMAIN", List.of(), Duration.ZERO, Duration.ofMillis(20)));
  }

  private static StepRun step(double sent, Reply reply) {
    return new StepRun("x", at(sent), at(sent + 0.02), Outcome.pass(), reply);
  }

  private static StepRun silence(double sent) {
    Outcome failed = Outcome.fail(Cause.TIMEOUT, "no answer");
    return new StepRun("x", at(sent), at(sent + 2), failed, Reply.nothing());
  }

  private @Nullable Query next(int server, double now) {
    return course.next(server, at(now), 0.5);
  }

  @Test
  void asksNoResolverBeforeTheAuthoritiesHaveTheName() {
    assertNull(next(OFFICE, 1));
    course.heard(NS1, denial(1));
    assertNull(next(OFFICE, 2));
    List<News> news = course.heard(NS1, answer(6, NEW, 30));
    assertInstanceOf(News.Changed.class, news.getFirst());
    assertNull(next(OFFICE, 6.1));
    course.heard(NS2, answer(6.2, NEW, 30));
    assertNotNull(next(OFFICE, 6.3));
  }

  @Test
  void warnsOfANameThatASignedZoneMayDenyUnasked() {
    assertNull(course.keys());
    Heard.Negative denial = new Heard.Negative("example", Duration.ofSeconds(20), 1);
    Heard heard = Heard.NOTHING.with(List.of(), denial);
    Duration none = Duration.ZERO;
    course.heard(NS1, step(1, new Reply.Dns("x", true, "NXDOMAIN", List.of(), none, none, heard)));
    assertEquals(new Question("example", "DNSKEY"), course.keys());
    assertEquals(List.of(), course.heardKeys(denial(1.1)));
    List<News> warned = course.heardKeys(answer(1.1, "257 3 13 x", 300));
    assertEquals(List.of(new News.Deniable("example", 20)), warned);
    course.heard(NS1, answer(6, NEW, 30));
    assertNull(new Course(subject(null)).keys());
  }

  @Test
  void asksAuthoritiesAtTheirIntervalAndFourTimesASecondWhileOneIsOld() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS2, answer(1, OLD, 30));
    assertEquals(at(6), Objects.requireNonNull(next(NS2, 1.1)).at());
    course.heard(NS1, answer(6, NEW, 30));
    assertTrue(course.changesAll());
    course.heard(NS2, answer(6.1, OLD, 30));
    assertEquals(at(6.35), Objects.requireNonNull(next(NS2, 6.2)).at());
    assertEquals(at(11), Objects.requireNonNull(next(NS1, 6.2)).at());
  }

  @Test
  void noticesAChangeByItselfAndForetellsTheLastFlipWhenEveryResolverWasAsked() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS2, answer(1, OLD, 30));
    course.heard(OFFICE, answer(2, OLD, 30));
    List<News> begun = course.heard(NS1, answer(6, NEW, 30));
    News.Changed changed = new News.Changed(Bounds.between(at(1), at(6.02)), of(OLD), of(NEW));
    assertEquals(changed, begun.getFirst());
    List<News> told = course.heard(OFFICE, answer(6.1, OLD, 26));
    News.Foretold foretold =
        assertInstanceOf(News.Foretold.class, begun.size() > 2 ? begun.getLast() : told.getLast());
    Bounds last = Objects.requireNonNull(foretold.eta().last());
    assertTrue(last.latest().isBefore(at(35)), last::toString);
  }

  @Test
  void convergesAndTakesTheNewValueForTheOldOneOfTheNextChange() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS2, answer(1, OLD, 30));
    course.heard(OFFICE, answer(2, OLD, 30));
    course.heard(NS1, answer(6, NEW, 30));
    course.heard(NS2, answer(6.1, NEW, 30));
    List<News> news = new ArrayList<>();
    double now = 7;
    while (course.spread() != null) {
      Query query = Objects.requireNonNull(next(OFFICE, now));
      now = Math.max(now, query.at().nanos() / 1e9);
      boolean old = now < 32.5;
      int ttl = (int) (old ? 32 - now : 30 - (now - 32.5) % 30);
      news.addAll(course.heard(OFFICE, answer(now, old ? OLD : NEW, Math.max(ttl, 0))));
    }
    assertInstanceOf(News.Converged.class, news.getLast());
    assertNotNull(Objects.requireNonNull(course.told()).last());
    assertTrue(course.heard(NS1, answer(now, NEW, 30)).isEmpty());
    News back = course.heard(NS1, answer(now + 5, OLD, 30)).getFirst();
    assertInstanceOf(News.Changed.class, back);
    List<Sighting> seen =
        Objects.requireNonNull(course.spread()).endpoints().getFirst().whole().seen();
    assertEquals(at(2), seen.getFirst().sent());
    assertTrue(seen.stream().allMatch(look -> look.said() == Said.OLD), seen::toString);
  }

  @Test
  void aResolverHasNotRevertedBecauseAnAuthorityHas() {
    Course awaited = new Course(subject(new Wanted.Exactly(Set.of(NEW))));
    List<News> news = new ArrayList<>();
    for (int server : List.of(NS1, NS2, OFFICE)) {
      awaited.heard(server, answer(1, OLD, 5));
    }
    for (int server : List.of(NS1, NS2, OFFICE)) {
      news.addAll(awaited.heard(server, answer(6 + server, NEW, 30)));
    }
    assertTrue(news.stream().anyMatch(News.Flipped.class::isInstance), news::toString);
    news.addAll(awaited.heard(NS2, answer(9, OLD, 30)));
    assertTrue(news.stream().noneMatch(News.Reverted.class::isInstance), news::toString);
    List<News> again = new ArrayList<>(awaited.heard(NS2, answer(10, NEW, 30)));
    again.addAll(awaited.heard(OFFICE, answer(11, NEW, 27)));
    assertTrue(again.stream().anyMatch(News.Flipped.class::isInstance), again::toString);
    List<News> back = awaited.heard(OFFICE, answer(12, OLD, 30));
    assertTrue(back.stream().anyMatch(News.Reverted.class::isInstance), back::toString);
  }

  @Test
  void laterAnswersDoNotMoveTheInstantAnAuthorityBecameNew() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS1, answer(6, NEW, 30));
    Bounds before = Objects.requireNonNull(course.spread()).authorities().first();
    for (int i = 0; i < 100; i++) {
      course.heard(NS1, answer(7 + i, NEW, 30));
    }
    assertEquals(before, Objects.requireNonNull(course.spread()).authorities().first());
  }

  @Test
  void aThirdValueBeginsAnew() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS1, answer(6, NEW, 30));
    News again = course.heard(NS1, answer(11, "192.0.2.3", 30)).getFirst();
    assertEquals(of("192.0.2.3"), assertInstanceOf(News.Changed.class, again).to());
  }

  @Test
  void whatIsWantedAndAlreadyThereIsAChangeToo() {
    Course awaited = new Course(subject(new Wanted.Exactly(Set.of(NEW))));
    assertInstanceOf(News.Changed.class, awaited.heard(NS1, answer(1, NEW, 30)).getFirst());
  }

  @Test
  void silenceIsNoChange() {
    course.heard(NS1, answer(1, OLD, 30));
    assertTrue(course.heard(NS1, silence(6)).isEmpty());
    assertNull(course.spread());
    assertFalse(course.heard(NS1, answer(12, NEW, 30)).isEmpty());
  }

  @Test
  void tellsAnOutageOfTheAuthoritiesAndHowAResolverCameOutOfIt() {
    course.heard(NS1, answer(1, OLD, 5));
    course.heard(NS2, answer(1, OLD, 5));
    course.heard(OFFICE, answer(2, OLD, 5));
    assertTrue(course.heard(NS1, silence(6)).isEmpty());
    News.Unreachable unreachable = new News.Unreachable(Bounds.between(at(1), at(8.1)));
    assertEquals(List.of(unreachable), course.heard(NS2, silence(6.1)));
    assertTrue(course.heard(OFFICE, silence(9)).isEmpty());
    assertTrue(course.heard(NS1, silence(20)).isEmpty());
    News.Reachable reachable = new News.Reachable(Bounds.between(at(20), at(30.02)));
    assertEquals(List.of(reachable), course.heard(NS2, answer(30, OLD, 5)));
    assertTrue(course.changesAll());
    assertEquals(at(10), Objects.requireNonNull(next(OFFICE, 30.1)).at());
    assertTrue(course.heard(OFFICE, silence(31)).isEmpty());
    assertEquals(at(32), Objects.requireNonNull(next(OFFICE, 33)).at());
    assertInstanceOf(News.Lagging.class, course.heard(OFFICE, silence(66)).getFirst());
    assertTrue(course.heard(OFFICE, silence(67)).isEmpty());
    News told = course.heard(OFFICE, answer(80, OLD, 5)).getFirst();
    News.Recovered recovered = assertInstanceOf(News.Recovered.class, told);
    assertEquals(36_980, Objects.requireNonNull(recovered.recovery().lag()).min().toMillis());
  }

  @Test
  void asksAResolverInAnOutageWhenItsEntryEnds() {
    course.heard(NS1, answer(1, OLD, 30));
    course.heard(NS2, answer(1, OLD, 30));
    for (int i = 0; i < 30; i++) {
      course.heard(OFFICE, answer(2 + 0.4 * i, OLD, (int) (32 - 2 - 0.4 * i)));
    }
    course.heard(NS1, silence(15));
    course.heard(NS2, silence(15));
    assertTrue(course.changesAll());
    Query query = Objects.requireNonNull(course.next(OFFICE, at(17), 0.99));
    assertTrue(query.at().isBefore(at(34)), query::toString);
  }

  @Test
  void aLongOutageDoesNotDriveOutWhatWasKnownBefore() {
    course.heard(NS1, answer(1, OLD, 5));
    course.heard(NS2, answer(1, OLD, 5));
    course.heard(OFFICE, answer(2, OLD, 5));
    for (int i = 0; i < 100; i++) {
      course.heard(NS1, silence(6 + i));
      course.heard(NS2, silence(6 + i));
      course.heard(OFFICE, silence(6 + i));
    }
    course.heard(NS1, answer(110, NEW, 5));
    Spread spread = Objects.requireNonNull(course.spread());
    assertEquals(at(2), spread.endpoints().getFirst().whole().old());
    assertEquals(
        Bounds.between(at(1), at(110.02)), Objects.requireNonNull(spread.authorities().first()));
    assertEquals(1, spread.outages().size());
  }

  private static Subject lasting(@Nullable Wanted wanted) {
    return Subject.lasting(
        "shop.example A",
        new Question("shop.example", "A"),
        wanted,
        List.of(server("192.0.2.51").asAuthority(), server("192.0.2.52").asAuthority()),
        List.of(server("192.0.2.53")),
        Map.of("192.0.2.53", 30),
        Duration.ofSeconds(5));
  }

  /// From the change on until every cache has it; all that was told.
  private List<News> converge(Course followed, double from, String old, String now) {
    List<News> news = new ArrayList<>();
    news.addAll(followed.heard(NS1, answer(from, now, 30)));
    news.addAll(followed.heard(NS2, answer(from + 0.1, now, 30)));
    double time = from + 1;
    double end = from + 26.5;
    while (followed.spread() != null) {
      Query query = Objects.requireNonNull(followed.next(OFFICE, at(time), 0.5));
      time = Math.max(time, query.at().nanos() / 1e9);
      boolean stays = time < end;
      int ttl = (int) (stays ? end - 0.5 - time : 30 - (time - end) % 30);
      news.addAll(followed.heard(OFFICE, answer(time, stays ? old : now, Math.max(ttl, 0))));
    }
    return news;
  }

  @Test
  void whatIsLastingIsFollowedThereAndBack() {
    Course both = new Course(lasting(new Wanted.Exactly(Set.of(NEW))));
    both.heard(NS1, answer(1, OLD, 30));
    both.heard(NS2, answer(1, OLD, 30));
    both.heard(OFFICE, answer(2, OLD, 30));
    assertTrue(both.heard(NS1, answer(3, "192.0.2.9", 30)).isEmpty(), "not the awaited value");
    assertInstanceOf(News.Converged.class, converge(both, 6, OLD, NEW).getLast());
    List<News> back = converge(both, 66, NEW, OLD);
    assertInstanceOf(News.Changed.class, back.getFirst());
    assertInstanceOf(News.Converged.class, back.getLast());
  }

  @Test
  void weighsResolversBySharesOfUsers() {
    Course weighed = new Course(lasting(null));
    weighed.heard(NS1, answer(1, OLD, 30));
    weighed.heard(OFFICE, answer(2, OLD, 30));
    weighed.heard(NS1, answer(6, NEW, 30));
    assertEquals(
        new Share(0, 30, 30), Objects.requireNonNull(weighed.standing().spread().users(at(6))));
  }

  @Test
  void aClaimIsT0AndTellsTheEtaBeforeTheChangeIsSeen() {
    Course claimed = new Course(lasting(null));
    claimed.heard(NS1, answer(1, OLD, 30));
    claimed.heard(NS2, answer(1, OLD, 30));
    claimed.heard(OFFICE, answer(2, OLD, 30));
    assertEquals(List.of(new News.Claimed(at(6))), claimed.claimed(at(6)));
    assertEquals(at(6), Objects.requireNonNull(claimed.next(NS1, at(6), 0.5)).at());
    List<News> told = claimed.heard(OFFICE, answer(6.1, OLD, 26));
    assertInstanceOf(News.Foretold.class, told.getFirst());
    claimed.heard(NS1, answer(6.2, OLD, 30));
    News.Changed changed =
        assertInstanceOf(News.Changed.class, claimed.heard(NS1, answer(6.45, NEW, 30)).getFirst());
    assertEquals(Bounds.between(at(6), at(6.47)), changed.at());
    assertEquals(at(6), claimed.standing().ordered());
  }

  @Test
  void aClaimMayComeAfterTheChangeIsSeen() {
    Course late = new Course(lasting(null));
    late.heard(NS1, answer(1, OLD, 30));
    late.heard(NS1, answer(6, NEW, 30));
    assertNull(late.standing().ordered());
    assertEquals(List.of(), late.claimed(at(7)));
    assertNull(late.standing().ordered());
    assertEquals(List.of(), late.claimed(at(3)));
    assertEquals(at(3), late.standing().ordered());
  }

  @Test
  void aClaimWaitsForTheFirstAnswer() {
    Course claimed = new Course(lasting(null));
    assertEquals(List.of(), claimed.claimed(at(0)));
    List<News> told = claimed.heard(NS1, answer(1, OLD, 30));
    assertEquals(new News.Claimed(at(0)), told.get(1));
    assertNotNull(claimed.spread());
  }

  @Test
  void aClaimThatNothingComesOfIsForgotten() {
    Course claimed = new Course(lasting(null));
    claimed.heard(NS1, answer(1, OLD, 30));
    claimed.claimed(at(6));
    claimed.heard(NS1, answer(600, OLD, 30));
    assertNotNull(claimed.spread());
    claimed.heard(NS1, answer(607, OLD, 30));
    assertNull(claimed.spread());
  }

  @Test
  void aRestartTellsNothingTwiceAndKeepsEveryFlip() {
    Bounds flip = Bounds.between(at(10), at(11));
    Course again = new Course(lasting(null));
    again.resume(
        new Past(
            Bounds.between(at(5), at(6)),
            of(OLD),
            of(NEW),
            30,
            Map.of("192.0.2.51", Bounds.between(at(5), at(6))),
            Map.of("192.0.2.53", Map.of("", flip)),
            null));
    assertTrue(again.heard(NS1, answer(20, NEW, 30)).isEmpty());
    List<News> second = again.heard(NS2, answer(20.1, NEW, 30));
    assertEquals(
        "192.0.2.52", assertInstanceOf(News.Published.class, second.getFirst()).authority());
    List<News> news = new ArrayList<>(second);
    double now = 20.2;
    while (again.spread() != null) {
      Query query = Objects.requireNonNull(again.next(OFFICE, at(now), 0.5));
      now = Math.max(now, query.at().nanos() / 1e9);
      news.addAll(again.heard(OFFICE, answer(now, NEW, Math.max(1, (int) (50 - now)))));
    }
    assertTrue(news.stream().noneMatch(News.Flipped.class::isInstance), news::toString);
    News.Converged end = assertInstanceOf(News.Converged.class, news.getLast());
    assertEquals(at(20.12), end.at().latest(), "the last authority, not the cache");
  }

  @Test
  void aValueThatCameWhileNobodyLookedBeginsAnew() {
    Course again = new Course(lasting(null));
    again.resume(
        new Past(Bounds.between(at(5), at(6)), of(OLD), of(NEW), 30, Map.of(), Map.of(), null));
    News.Changed changed =
        assertInstanceOf(
            News.Changed.class, again.heard(NS1, answer(20, "192.0.2.3", 30)).getFirst());
    assertEquals(of("192.0.2.3"), changed.to());
  }

  @Test
  void authoritiesAreAskedEachSecondWhileAChangeIsLikely() {
    course.heard(NS1, answer(1, OLD, 30));
    assertTrue(course.alert(true));
    assertEquals(at(2), Objects.requireNonNull(next(NS1, 1.1)).at());
    assertFalse(course.alert(true));
  }

  private static List<String> of(String record) {
    return List.of(record);
  }
}
