package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Cause;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
  private static final Rto RTO = new Rto(Duration.ofSeconds(30), Rto.From.ONSET);
  private final Exception failure = new IllegalStateException("the agent failed");

  private final Verdicts verdicts = new Verdicts();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  @Test
  void handsOverTheOutagesThatEndedBeforeTheAgentFailed()
      throws InterruptedException, ExecutionException {
    verdicts.endWith(failed);
    anOutage();
    failed.completeExceptionally(failure);

    assertEquals("shop-1", verdicts.next().id());
    assertSame(failure, assertThrows(ExecutionException.class, verdicts::next).getCause());
  }

  @Test
  void nobodyWaitsForAnAgentThatHasFailed() {
    failed.completeExceptionally(failure);
    verdicts.endWith(failed);

    assertSame(failure, assertThrows(ExecutionException.class, verdicts::next).getCause());
  }

  @Test
  void forgetsTheOutagesThatAreOver() {
    anOutage();
    verdicts.forget();
    verdicts.endWith(failed);
    failed.completeExceptionally(failure);

    assertSame(failure, assertThrows(ExecutionException.class, verdicts::next).getCause());
  }

  private void anOutage() {
    happens(
        new Event.Detected(
            Past.at(2_000),
            "shop-1",
            Past.ONSET,
            Set.of("detect"),
            "detect",
            Cause.STATUS,
            "503",
            RTO));
    happens(new Event.Closed(Past.at(9_000)));
  }

  private void happens(Event event) {
    verdicts.happened(new Change(Past.SHOP, event), Health.unknown(Past.SHOP, Map.of()));
  }
}
