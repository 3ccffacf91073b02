package dev.allclear.probes.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.wire.Packet.Match;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacketTest {
  private static final byte[] SHOP = Messages.message(7, 0x0100, "Shop.Example");

  private final Packet query = Packet.query(SHOP);

  @Test
  void knowsItsAnswer() {
    assertEquals(Match.OURS, match(Messages.answer(SHOP)));
    assertEquals(Match.OURS, match(Messages.wrongId(Messages.answer(SHOP))));
    assertEquals(Match.OURS_IN_OTHER_CASE, match(Messages.lowerCase(Messages.answer(SHOP))));
  }

  @Test
  void knowsWhatIsNone() {
    byte[] answer = Messages.answer(SHOP);
    assertEquals(Match.NO_ANSWER, match(SHOP));
    assertEquals(Match.NO_ANSWER, match(changed(answer, 2, 0x80 | 5 << 3)));
    assertEquals(Match.OTHER_QUESTION, match(Messages.otherQuestion(answer)));
    assertEquals(Match.OTHER_QUESTION, match(changed(answer, answer.length - 3, 'A')));
    assertEquals(
        Match.OTHER_QUESTION, match(Messages.answer(Messages.message(7, 0x0100, "example"))));
    assertEquals(Match.MALFORMED, match(Arrays.copyOf(answer, 11)));
    assertEquals(Match.MALFORMED, match(Arrays.copyOf(answer, answer.length - 1)));
    assertEquals(Match.MALFORMED, match(changed(answer, 5, 2)));
    assertEquals(Match.MALFORMED, match(changed(answer, 12, 0xC0)));
  }

  @Test
  void takesAnErrorWithoutItsQuestion() {
    byte[] mute = Arrays.copyOf(changed(Messages.answer(SHOP), 5, 0), 12);
    assertEquals(Match.OURS, match(changed(mute, 3, 1)));
    assertEquals(Match.MALFORMED, match(mute));
  }

  @Test
  void tellsTypesApartThatDifferLikeLetters() {
    byte[] lower = changed(Messages.answer(SHOP), SHOP.length - 3, 'a');
    Packet upper = Packet.query(changed(SHOP, SHOP.length - 3, 'A'));
    assertEquals(Match.OTHER_QUESTION, upper.match(Packet.received(lower)));
  }

  @Test
  void mixesOnlyTheCaseOfTheName() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Packet mixed = query.withMixedCase(random.nextLong());
      assertArrayEquals(Messages.lowerCase(SHOP), Messages.lowerCase(mixed.bytes()));
      assertArrayEquals(
          Arrays.copyOfRange(SHOP, SHOP.length - 5, SHOP.length),
          Arrays.copyOfRange(mixed.bytes(), SHOP.length - 5, SHOP.length));
    }
    assertFalse(Arrays.equals(query.withMixedCase(1).bytes(), query.withMixedCase(-1).bytes()));
  }

  @Test
  void refusesWhatIsNoQuery() {
    for (byte[] bytes :
        new byte[][] {
          new byte[0],
          new byte[12],
          Arrays.copyOf(SHOP, SHOP.length - 1),
          changed(SHOP, 5, 2),
          Arrays.copyOf(SHOP, 65_536)
        }) {
      assertEquals(
          "not a DNS message with one question",
          assertThrows(IllegalArgumentException.class, () -> Packet.query(bytes)).getMessage());
    }
  }

  @Test
  void readsWhateverComes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = Messages.answer(SHOP);
      int changes = random.nextInt(4);
      for (int j = 0; j < changes; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      bytes = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(80) : bytes.length);
      Match match = match(bytes);
      boolean untouched = changes == 0 && bytes.length == SHOP.length;
      assertTrue(!untouched || match == Match.OURS, () -> "seed " + seed);
      var _ = Packet.received(bytes).isTruncated();
    }
  }

  private Match match(byte[] answer) {
    return query.match(Packet.received(answer));
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }
}
