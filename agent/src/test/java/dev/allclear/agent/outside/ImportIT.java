package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody did in a real Chromium becomes a journey that passes as it is, again and again,
/// once it is given the secrets.
final class ImportIT {
  private static final Path RECORDER = Binary.HOME.resolve("agent/src/it/recorder/record.js");
  private static final String USER = "probe";
  private static final String PASSWORD = "right horse";

  @TempDir private Path folder;

  @Test
  void aSessionOfHtmlFormsPassesAsRecorded() throws IOException, InterruptedException {
    passesAsRecorded("wiki", "post /doku.php");
  }

  @Test
  void aSessionOfJsonWithATokenPassesAsRecorded() throws IOException, InterruptedException {
    passesAsRecorded("node-red", "post /auth/token");
  }

  private void passesAsRecorded(String name, String login)
      throws IOException, InterruptedException {
    try (App app = App.start(name, folder)) {
      record(name, "http://127.0.0.1:" + app.port());
      Finished imported =
          Binary.run(folder, "journey", "import", "session.har", "--output", "session.yaml");
      assertEquals(0, imported.code(), imported::toString);
      String config = Files.readString(folder.resolve("session.yaml"));
      assertFalse(config.contains(PASSWORD), config);

      assertEquals(Verdict.PASS, replay(PASSWORD));
      assertEquals(Verdict.PASS, replay(PASSWORD));
      Verdict refused = replay("wrong horse");
      assertEquals(List.of(login, "status"), List.of(refused.step(), refused.cause()));
    }
  }

  private void record(String session, String url) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Daemon.executable("node").toString(), RECORDER.toString(), session, url, "session.har");
    Map<String, String> who = Map.of("PROBE_USER", USER, "PROBE_PASSWORD", PASSWORD);
    try (Child recorder = Child.start(folder, command, who)) {
      assertEquals(0, recorder.await(Duration.ofMinutes(5)), recorder::toString);
    }
  }

  private Verdict replay(String password) throws IOException, InterruptedException {
    return Verdict.of(folder, "session.yaml", "session", Map.of("PASSWORD", password));
  }
}
