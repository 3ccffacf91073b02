package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final StringWriter err = new StringWriter();

  @Test
  void theFailureOfARunningAgentIsToldInItsOwnWords() {
    Exception failed = new ExecutionException(new IOException("the disk is full: free some space"));

    assertEquals(ExitCode.OWN_FAILURE, explain(failed));
    assertEquals("allclear: the disk is full: free some space\n", err.toString());
  }

  @Test
  void aDefectKeepsItsStackTrace() {
    Exception defect = new ExecutionException(new IllegalStateException("unforeseen"));

    assertEquals(ExitCode.OWN_FAILURE, explain(defect));
    assertTrue(err.toString().startsWith("java.lang.IllegalStateException: unforeseen\n\tat "));
  }

  @Test
  void helpSaysWhatIsWrittenInConfigs() {
    for (String command : List.of("import", "from-curl")) {
      String help = Ran.of("journey", command, "--help").out();
      assertTrue(help.contains("${env:…}"), help);
      assertFalse(help.contains("null"), help);
    }
  }

  private int explain(Exception e) {
    return Main.explain(e, new PrintWriter(err, true));
  }
}
