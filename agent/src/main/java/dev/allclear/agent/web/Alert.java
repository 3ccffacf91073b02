package dev.allclear.agent.web;

import dev.allclear.agent.outage.Said;
import java.time.Instant;

/// What another monitor says of a service in a region, which is empty where it names none.
record Alert(String service, String region, String key, String actor, Instant at, Said said) {}
