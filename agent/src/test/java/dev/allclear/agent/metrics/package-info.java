/// Tests of the metrics: what a scrape shows after a made-up life.
@NullMarked
package dev.allclear.agent.metrics;

import org.jspecify.annotations.NullMarked;
