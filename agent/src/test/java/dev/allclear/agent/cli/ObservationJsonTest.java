package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObservationJsonTest {

  @Test
  void saysWhoAnswered() {
    assertTrue(
        json(new Reply.Labels("eu-1", "1.4.2"))
            .contains(",\"servedBy\":\"eu-1\",\"version\":\"1.4.2\"}"));
  }

  @Test
  void whatTheAnswerDoesNotSayIsNull() {
    String json = json(new Reply.Labels("", "1.4.2"));

    assertTrue(json.contains(",\"servedBy\":null,\"version\":\"1.4.2\"}"), json);
  }

  private static String json(Reply.Labels labels) {
    Reply reply =
        new Reply.Http("GET /", 200, "h2", "192.0.2.1", 0, Phases.NONE, List.of(), "", labels);
    StepRun step = new StepRun("home", at(0), at(30), Outcome.pass(), reply);
    return ObservationJson.write(
        new Observation("home", Depth.DEEP, at(0), at(30), List.of(step), Outcome.pass()), null);
  }
}
