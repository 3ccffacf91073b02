package dev.allclear.probes.template;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What templates may read of the machine: environment variables, null where one is not set, and
/// files, whose paths begin in a folder.
public record Surroundings(Function<String, @Nullable String> environment, Path folder) {}
