package dev.allclear.agent.config;

import java.nio.file.Path;

/// Who looks, where it shows what it saw, and where it keeps the record.
public record AgentSettings(String id, String region, HostPort listen, Path ledger) {}
