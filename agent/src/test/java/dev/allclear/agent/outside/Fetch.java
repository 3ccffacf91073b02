package dev.allclear.agent.outside;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

/// What a cache asked of an authority, and what it was given between which instants; null for what
/// stayed unanswered.
record Fetch(Truth time, Message question, @Nullable Message answer) {
  /// Whether it was asked for this name of the zone, in whatever case (0x20).
  boolean asks(String name) {
    return question.getQuestion().getName().equals(Name.fromConstantString(name + "." + Dns.ZONE));
  }

  /// Whether the answer has a record of this name of the zone with such data.
  boolean owns(String name, String data) {
    Name owner = Name.fromConstantString(name + "." + Dns.ZONE);
    return answer != null
        && answer.getSection(Section.ANSWER).stream()
            .anyMatch(each ->
                each.getName().equals(owner) && each.rdataToString().equalsIgnoreCase(data));
  }

  /// Whether the answer has a record with such data, anywhere in its chain.
  boolean brought(String data) {
    return answer != null
        && answer.getSection(Section.ANSWER).stream()
            .anyMatch(each -> each.rdataToString().equals(data));
  }
}
