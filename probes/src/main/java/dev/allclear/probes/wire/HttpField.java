package dev.allclear.probes.wire;

/// A header line as it is sent, or as it came.
public record HttpField(String name, String value) {}
