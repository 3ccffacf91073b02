package dev.allclear.probes.http;

import java.util.regex.Pattern;
import okhttp3.Request;

/// A request that is ready to be sent.
public final class Question {

  private static final Pattern LOGIN = Pattern.compile("//[^/?#@]*@");

  private final Request request;

  Question(Request request) {
    this.request = request;
  }

  Request request() {
    return request;
  }

  /// The URL without user and password.
  public String url() {
    String url = LOGIN.matcher(request.url().toString()).replaceFirst("//***@");
    return Upgrade.isAskedBy(request) ? url.replaceFirst("http", "ws") : url;
  }

  /// Method and URL without user and password.
  String shown() {
    return request.method() + " " + url();
  }
}
