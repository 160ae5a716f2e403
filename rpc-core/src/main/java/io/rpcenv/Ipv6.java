// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IPv6 literals: reads every form of RFC 4291, writes the one form of RFC 5952. */
final class Ipv6 {

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
  private static final String OCTET = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private Ipv6() {}

  /** Tells whether the text is four numbers 0..255 without leading zeros. */
  static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  /** Reads a literal in lower case, without brackets and zone. */
  static Optional<List<Integer>> parse(String literal) {
    int gap = literal.indexOf("::");
    if (gap < 0) {
      return groups(literal, true).filter(all -> all.size() == GROUPS);
    }
    Optional<List<Integer>> head = groups(literal.substring(0, gap), false);
    Optional<List<Integer>> tail = groups(literal.substring(gap + 2), true);
    return head.flatMap(h -> tail.flatMap(t -> join(h, t)));
  }

  private static Optional<List<Integer>> join(List<Integer> head, List<Integer> tail) {
    int zeros = GROUPS - head.size() - tail.size();
    if (zeros < 1) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head);
    for (int i = 0; i < zeros; i++) {
      all.add(0);
    }
    all.addAll(tail);
    return Optional.of(all);
  }

  /** Reads groups between colons; the last may be an IPv4 literal if nothing follows it. */
  private static Optional<List<Integer>> groups(String text, boolean atEnd) {
    List<Integer> result = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(result);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        result.add(Integer.parseInt(parts[i], 16));
      } else if (atEnd && i == parts.length - 1 && isIpv4(parts[i])) {
        addIpv4(parts[i], result);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(result);
  }

  private static void addIpv4(String text, List<Integer> groups) {
    String[] octets = text.split("\\.", -1);
    groups.add(Integer.parseInt(octets[0]) << 8 | Integer.parseInt(octets[1]));
    groups.add(Integer.parseInt(octets[2]) << 8 | Integer.parseInt(octets[3]));
  }

  /** Writes eight groups as RFC 5952 does; an IPv4-mapped address ends in dotted decimals. */
  static String format(List<Integer> groups) {
    if (groups.subList(0, 5).stream().allMatch(g -> g == 0) && groups.get(5) == 0xffff) {
      return "::ffff:" + octets(groups.get(6)) + "." + octets(groups.get(7));
    }
    int start = longestZeros(groups);
    if (start == GROUPS) {
      return hex(groups);
    }
    int end = start + zerosFrom(groups, start);
    return hex(groups.subList(0, start)) + "::" + hex(groups.subList(end, GROUPS));
  }

  /** Returns where the first of the longest runs of at least two zeros begins, else 8. */
  private static int longestZeros(List<Integer> groups) {
    int best = GROUPS;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      if (zerosFrom(groups, i) > length) {
        best = i;
        length = zerosFrom(groups, i);
      }
    }
    return best;
  }

  private static int zerosFrom(List<Integer> groups, int start) {
    int end = start;
    while (end < GROUPS && groups.get(end) == 0) {
      end++;
    }
    return end - start;
  }

  private static String octets(int group) {
    return (group >> 8) + "." + (group & 0xff);
  }

  private static String hex(List<Integer> groups) {
    return String.join(":", groups.stream().map(Integer::toHexString).toList());
  }
}
