package dev.allclear.probes.wire;

import dev.allclear.probes.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What became of a request, and when: `sent` as its last byte had left, `first` as the first one
/// of the answer came, `headed` as its head was there; each is null if it did not get so far. `cut`
/// is true if the body went on after what is kept of it, `kept` if the connection takes another
/// request. `failure` is null if all came.
public record HttpExchanged(
    Moment begin,
    @Nullable Moment sent,
    @Nullable Moment first,
    @Nullable Moment headed,
    Moment end,
    @Nullable HttpHead head,
    ByteBuffer body,
    boolean cut,
    boolean kept,
    @Nullable IOException failure) {}
