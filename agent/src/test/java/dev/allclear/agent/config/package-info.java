/// Tests of the config: what a good file means, and every message about a bad one.
@NullMarked
package dev.allclear.agent.config;

import org.jspecify.annotations.NullMarked;
