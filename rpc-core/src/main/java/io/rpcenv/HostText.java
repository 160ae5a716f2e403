// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text of hosts: checks them and brings IPv6 literals into their one form, without look-ups. */
final class HostText {

  private static final int LONGEST = 255;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
  private static final Pattern NUMBERS_AND_DOTS = Pattern.compile("\\d+(\\.\\d+)+\\.?");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private HostText() {}

  /** Returns the host as {@link RpcAddress} keeps it: an IPv6 literal compressed, no brackets. */
  static String canonical(String host) {
    Arguments.require("host", host, "a host name or an IP literal");
    if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
      return ipv6(host, host.substring(1, host.length() - 1));
    }
    if (host.indexOf(':') >= 0) {
      return ipv6(host, host);
    }
    if (NUMBERS_AND_DOTS.matcher(host).matches()) {
      if (!Ipv6.isIpv4(host)) {
        throw invalid(host, "an IPv4 literal of four numbers 0..255 without leading zeros");
      }
      return host;
    }
    if (host.length() > LONGEST || !NAME.matcher(host).matches()) {
      throw invalid(host, "a host name of letters, digits, '-', '_' and '.', or an IP literal");
    }
    return host;
  }

  /** Returns a canonical host as it stands before a port. */
  static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  private static String ipv6(String asGiven, String literal) {
    int percent = literal.indexOf('%');
    String digits = percent < 0 ? literal : literal.substring(0, percent);
    String zone = percent < 0 ? "" : literal.substring(percent);
    boolean zoneValid = percent < 0 || ZONE.matcher(zone.substring(1)).matches();
    return Ipv6.parse(digits.toLowerCase(Locale.ROOT))
        .filter(groups -> zoneValid)
        .map(groups -> Ipv6.format(groups) + zone)
        .orElseThrow(() -> invalid(asGiven, "an IPv6 literal, perhaps with a %zone"));
  }

  private static IllegalArgumentException invalid(String host, String expected) {
    return new IllegalArgumentException(
        "host: " + EndpointNames.printable(host) + " (expected: " + expected + ")");
  }
}
