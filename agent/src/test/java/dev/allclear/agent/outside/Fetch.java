package dev.allclear.agent.outside;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// What a cache asked of an authority, and what it was given between which instants; null for what
/// stayed unanswered.
record Fetch(Truth time, Message question, @Nullable Message answer) {
  /// Whether the answer has a record with such data, anywhere in its chain.
  boolean brought(String data) {
    return answer != null
        && answer.getSection(Section.ANSWER).stream()
            .anyMatch(each -> each.rdataToString().equals(data));
  }
}
