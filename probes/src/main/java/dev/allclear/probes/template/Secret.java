package dev.allclear.probes.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/// A value that is never shown, in any of the spellings it may come back in.
final class Secret {

  /// A shorter one is too few letters of base64 to be told from others.
  private static final int SHORTEST_IN_BASE64 = 8;

  private final List<Needle> needles = new ArrayList<>();

  Secret(String text) {
    View view = View.of(text);
    for (int layer = 0; layer < Mask.LAYERS; layer++) {
      if (view.length() >= Needle.SHORTEST) {
        needles.add(Needle.of(view.text()));
      }
      View undone = Unescape.of(view);
      if (undone == view) {
        break;
      }
      view = undone;
    }
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3 && text.length() >= SHORTEST_IN_BASE64; before++) {
      needles.add(Needle.inBase64(base64(octets, before)));
    }
  }

  void mark(View view, boolean cut, BitSet marks) {
    needles.forEach(needle -> needle.mark(view, cut, marks));
  }

  /// The letters that `octets` alone decide where `before` octets precede them in their group of
  /// three (RFC 4648 section 4).
  private static String base64(byte[] octets, int before) {
    byte[] group = new byte[before + octets.length];
    System.arraycopy(octets, 0, group, before, octets.length);
    String letters = Base64.getEncoder().withoutPadding().encodeToString(group);
    return letters.substring((before * 8 + 5) / 6, group.length * 8 / 6);
  }
}
