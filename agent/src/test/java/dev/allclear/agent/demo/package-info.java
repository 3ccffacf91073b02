/// Tests of the demo's world, over HTTP and DNS on loopback.
@NullMarked
package dev.allclear.agent.demo;

import org.jspecify.annotations.NullMarked;
