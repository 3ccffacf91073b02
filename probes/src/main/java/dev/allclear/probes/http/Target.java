package dev.allclear.probes.http;

/// Where connections go instead of where the URL says: a host or IP address, and a port, where 0
/// keeps the URL's.
public record Target(String host, int port) {}
