package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortsTest {

  @Test
  void countFromTheBase() {
    assertEquals(new Ports(9850, 9852, 9860, 9861, 9862, 9863), Ports.from(Ports.DEFAULT_BASE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_523, Integer.MAX_VALUE})
  void mustExist(int base) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Ports.from(base));
    assertEquals("port " + base + " is out of range; write one from 1 to 65522", e.getMessage());
  }

  @Test
  void sayWhatToDoIfOneIsTaken() {
    assertEquals(
        "127.0.0.1:9860 is in use: is another demo running? Try --port 9950",
        Ports.from(9850).explain("127.0.0.1", 9860, new BindException("Address already in use")));
  }

  @Test
  void sayWhyOneCannotBeBoundOtherwise() {
    assertEquals(
        "127.0.10.1:9852 cannot be bound: Cannot assign requested address",
        Ports.from(9850)
            .explain("127.0.10.1", 9852, new BindException("Cannot assign requested address")));
  }
}
