/// Tests of the web server, over HTTP.
@NullMarked
package dev.allclear.agent.web;

import org.jspecify.annotations.NullMarked;
