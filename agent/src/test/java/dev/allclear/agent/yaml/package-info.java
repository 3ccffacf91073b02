/// Tests of reading YAML.
@NullMarked
package dev.allclear.agent.yaml;

import org.jspecify.annotations.NullMarked;
