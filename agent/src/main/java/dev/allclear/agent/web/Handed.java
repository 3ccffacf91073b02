package dev.allclear.agent.web;

import dev.allclear.agent.outage.Told;

/// A claim that can be accepted.
sealed interface Handed {

  /// Of a name that is followed.
  record Name(DnsClaim claim) implements Handed {}

  record Service(String service, Told told) implements Handed {}
}
