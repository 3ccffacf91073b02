package dev.allclear.probes.template;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a function of templates does with its texts, once what else is written in the call has been
/// read.
@FunctionalInterface
interface Operation {

  /// One result.
  ///
  /// @throws IllegalArgumentException if a text is not what it has to be
  String apply(List<String> texts, Instant now, RandomGenerator random);
}
