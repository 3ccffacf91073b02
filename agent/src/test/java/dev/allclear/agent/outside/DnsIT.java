package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `allclear dns` compares a real authority with a real cache in front of it.
final class DnsIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";

  @TempDir private Path folder;

  @Test
  void tellsAgreementFromACacheThatStillHoldsTheOldAnswer()
      throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound = Unbound.start(folder, knot.port())) {
      String[] arguments = {
        "dns", Knot.NAME, "A", "--resolver", knot.address(), "--resolver", unbound.address()
      };
      Finished same = Binary.run(folder, arguments);
      assertEquals(0, same.code(), same::toString);
      assertTrue(same.out().contains(OLD) && same.out().contains("300"), same::toString);

      knot.change(NEW);
      Finished different = Binary.run(folder, arguments);
      assertEquals(1, different.code(), different::toString);
      assertTrue(different.out().contains(OLD), different::toString);
      assertTrue(different.out().contains(NEW), different::toString);
    }
  }

  @Test
  void saysTheSameToMachines() throws IOException, InterruptedException {
    try (Knot knot = Knot.start(folder, OLD);
        Unbound unbound = Unbound.start(folder, knot.port())) {
      String[] arguments = {
        "dns",
        Knot.NAME,
        "A",
        "--resolver",
        knot.address(),
        "--resolver",
        unbound.address(),
        "--json"
      };
      Finished same = Binary.run(folder, arguments);
      assertEquals(0, same.code(), same::toString);
      assertTrue(Web.json(same.out()).toString().contains(OLD), same::toString);

      knot.change(NEW);
      Finished different = Binary.run(folder, arguments);
      assertEquals(1, different.code(), different::toString);
      String json = Web.json(different.out()).toString();
      assertTrue(json.contains(OLD) && json.contains(NEW), different::toString);
    }
  }
}
