// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.Objects;

/** Text of hosts: checks them and brings IPv6 literals into their one form, without look-ups. */
final class HostText {

  private HostText() {}

  /** Returns the host as {@link RpcAddress} keeps it: an IPv6 literal compressed, no brackets. */
  static String canonical(String host) {
    return Objects.requireNonNull(host, "host");
  }

  /** Returns a canonical host as it stands before a port. */
  static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
