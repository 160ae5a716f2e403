// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.web.Routes.Call;
import io.rpcenv.examples.cluster.web.Routes.Match;
import io.rpcenv.examples.cluster.web.Routes.Reply;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request through the guard to where it leads. Does not block. */
final class WebHandler extends Handler.Abstract.NonBlocking {

  static final int MAX_BODY = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);
  private static final String STREAM = "/api/stream";
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final Guard guard;
  private final Routes routes;
  private final LiveFeed feed;
  private final Assets assets = new Assets();

  WebHandler(Guard guard, Routes routes, LiveFeed feed) {
    this.guard = guard;
    this.routes = routes;
    this.feed = feed;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Guard.secure(response);
    try {
      String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
      boolean isApi = path.equals("/api") || path.startsWith("/api/");
      guard.checkOrigin(request, isApi);
      if (path.equals(STREAM)) {
        stream(request, response, callback);
      } else if (isApi) {
        api(request, response, callback, routes.find(request.getMethod(), path));
      } else {
        asset(request, response, callback, path);
      }
    } catch (HttpError e) {
      closeUnlessRead(request, response);
      refuse(response, callback, e);
    } catch (RuntimeException e) {
      fail(response, callback, e);
    }
    return true;
  }

  /** Says that the connection ends if a body is under way that nobody reads. */
  private static void closeUnlessRead(Request request, Response response) {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  private void api(Request request, Response response, Callback callback, Match match)
      throws HttpError {
    Map<String, String> query = query(request);
    if (!request.getMethod().equals("POST")) {
      run(response, callback, match, new Call(match.path(), query, Json.object(new byte[0])));
      return;
    }
    guard.checkToken(request);
    Guard.checkContentType(request);
    if (request.getLength() > MAX_BODY) {
      throw tooLarge();
    }
    Content.Source.asByteArrayAsync(
        request,
        MAX_BODY,
        Promise.Invocable.from(
            InvocationType.NON_BLOCKING,
            (body, failure) -> {
              try {
                if (failure != null) {
                  throw Failures.cause(failure) instanceof IllegalStateException
                      ? tooLarge()
                      : new HttpError(HttpError.BAD_REQUEST, "the body did not arrive");
                }
                run(response, callback, match, new Call(match.path(), query, Json.object(body)));
              } catch (HttpError e) {
                refuse(response, callback, e);
              } catch (RuntimeException e) {
                fail(response, callback, e);
              }
            }));
  }

  private static void run(Response response, Callback callback, Match match, Call call)
      throws HttpError {
    CompletionStage<Reply> reply = match.action().run(call);
    var unused =
        reply.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                json(response, callback, answer.status(), answer.body());
              } else if (Failures.cause(failure) instanceof HttpError e) {
                refuse(response, callback, e);
              } else {
                String why = "the cluster does not answer: " + Failures.text(failure);
                refuse(response, callback, new HttpError(HttpError.UNAVAILABLE, why));
              }
            });
  }

  private void stream(Request request, Response response, Callback callback) throws HttpError {
    if (!request.getMethod().equals("GET")) {
      throw new HttpError(
          HttpError.METHOD_NOT_ALLOWED,
          "method: " + request.getMethod() + " (expected: GET)",
          Map.of("Allow", "GET"));
    }
    feed.subscribe(response, callback);
  }

  private void asset(Request request, Response response, Callback callback, String path)
      throws HttpError {
    Optional<Assets.Asset> asset = assets.find(path);
    if (asset.isEmpty()) {
      throw new HttpError(HttpError.NOT_FOUND, "there is nothing at " + path);
    }
    requireGet(request);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, asset.get().type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put(HttpHeader.ETAG, asset.get().etag());
    if (asset.get().etag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      response.setStatus(NOT_MODIFIED);
      response.write(true, null, callback);
    } else {
      response.setStatus(OK);
      response.write(true, ByteBuffer.wrap(asset.get().bytes()), callback);
    }
  }

  private static void requireGet(Request request) throws HttpError {
    if (!List.of("GET", "HEAD").contains(request.getMethod())) {
      throw Routes.wrongMethod(request.getMethod(), new TreeSet<>(List.of("GET")));
    }
  }

  private static Map<String, String> query(Request request) throws HttpError {
    Map<String, String> query = new LinkedHashMap<>();
    try {
      Request.extractQueryParameters(request).forEach(f -> query.put(f.getName(), f.getValue()));
    } catch (IllegalArgumentException e) {
      throw HttpError.value("query", request.getHttpURI().getQuery(), "percent-encoded UTF-8");
    }
    return query;
  }

  private static HttpError tooLarge() {
    return new HttpError(
        HttpError.TOO_LARGE,
        "body: too large (expected: at most " + MAX_BODY + " bytes)",
        Map.of("Connection", "close"));
  }

  private static void refuse(Response response, Callback callback, HttpError error) {
    error.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    json(response, callback, error.status(), Map.of("error", String.valueOf(error.getMessage())));
  }

  private static void fail(Response response, Callback callback, RuntimeException e) {
    LOG.error("A request failed", e);
    refuse(response, callback, new HttpError(HttpError.INTERNAL, "see the master's log"));
  }

  private static void json(Response response, Callback callback, int status, Object body) {
    try {
      byte[] bytes = Json.bytes(body);
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.write(true, ByteBuffer.wrap(bytes), callback);
    } catch (RuntimeException e) {
      callback.failed(e);
    }
  }
}
