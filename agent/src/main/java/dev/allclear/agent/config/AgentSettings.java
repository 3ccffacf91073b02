package dev.allclear.agent.config;

import dev.allclear.agent.yaml.HostPort;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who looks, where it shows what it saw (null for nowhere), and where it keeps the record.
public record AgentSettings(String id, String region, @Nullable HostPort listen, Path ledger) {}
