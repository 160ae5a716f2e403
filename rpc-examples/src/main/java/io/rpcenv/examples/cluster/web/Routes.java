// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/** Which method and path leads where. Made once, then only read. */
final class Routes {

  /** What a request asks for, once it is clear that it may. */
  @FunctionalInterface
  interface Action {
    /**
     * Does it. Does not block.
     *
     * @throws HttpError if nothing is to be done
     */
    CompletionStage<Reply> run(Call call) throws HttpError;
  }

  /**
   * A request.
   *
   * @param path what stands for the stars of the route's path, in order
   * @param query the parameters
   * @param body the body, without fields if there is none
   */
  record Call(List<String> path, Map<String, String> query, ObjectNode body) {}

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body to be written as JSON
   */
  record Reply(int status, Object body) {}

  /**
   * Where a request leads.
   *
   * @param action what to do
   * @param path see {@link Call}
   */
  record Match(Action action, List<String> path) {}

  private record Route(String method, List<String> segments, Action action) {

    Optional<List<String>> matches(List<String> path) {
      if (path.size() != segments.size()) {
        return Optional.empty();
      }
      List<String> stars = new ArrayList<>();
      for (int i = 0; i < path.size(); i++) {
        if (segments.get(i).equals("*")) {
          stars.add(path.get(i));
        } else if (!segments.get(i).equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(stars);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** Adds a route; a star in the path stands for any text. */
  Routes add(String method, String path, Action action) {
    routes.add(new Route(method, List.of(path.substring(1).split("/")), action));
    return this;
  }

  /** Finds where a request leads; HEAD leads where GET does. */
  Match find(String method, String rawPath) throws HttpError {
    List<String> path = segments(rawPath);
    String wanted = method.equals("HEAD") ? "GET" : method;
    SortedSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<List<String>> stars = route.matches(path);
      if (stars.isPresent() && route.method().equals(wanted)) {
        return new Match(route.action(), stars.get());
      } else if (stars.isPresent()) {
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw new HttpError(HttpError.NOT_FOUND, "there is nothing at " + rawPath + ", see /api");
    }
    throw wrongMethod(method, allowed);
  }

  static HttpError wrongMethod(String method, SortedSet<String> allowed) {
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    String list = String.join(", ", allowed);
    return new HttpError(
        HttpError.METHOD_NOT_ALLOWED,
        "method: " + method + " (expected: " + list + ")",
        Map.of("Allow", list));
  }

  List<String> describe() {
    return routes.stream().map(r -> r.method() + " /" + String.join("/", r.segments())).toList();
  }

  private static List<String> segments(String rawPath) throws HttpError {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.substring(1).split("/", -1)) {
      try {
        // In a path a plus sign is a plus sign.
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw HttpError.value("path", rawPath, "percent-encoded UTF-8");
      }
    }
    return segments;
  }
}
