package dev.allclear.agent.config;

import dev.allclear.agent.config.ServiceSettings.Detect;
import org.jspecify.annotations.Nullable;

/// What `detect` says: the shallow probe, if there is one, and how many fails confirm an outage.
record Detection(@Nullable Detect detect, Confirm confirm) {
  static final Detection NONE = new Detection(null, Confirm.DEFAULT);
}
