/// The JSON Schema of the config, by which editors complete and check it. What it declares is
/// compared with what the readers of the config know, key by key, by a test.
@NullMarked
package dev.allclear.agent.schema;

import org.jspecify.annotations.NullMarked;
