package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `allclear demo --exit` finds each of its own truths within the bounds it prints; on free ports,
/// so that a demo of the user's may go on beside it.
final class DemoIT {
  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Boolean.getBoolean("allclear.long") ? 10 : 2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyTruthLiesWithinItsBounds(long seed) throws IOException, InterruptedException {
    String base = Integer.toString(Ports.block(DemoWorld.PORTS));
    Finished demo =
        Binary.run(
            folder,
            Duration.ofSeconds(60),
            "demo",
            "--exit",
            "--seed",
            Long.toString(seed),
            "--port",
            base,
            "--listen",
            "127.0.0.1:0");
    assertEquals(0, demo.code(), demo::toString);
  }
}
