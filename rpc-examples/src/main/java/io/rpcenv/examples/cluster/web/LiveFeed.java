// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers what is new, by server-sent events. Each event replaces the one of its topic
 * before, so a browser that is slow misses some in between, and nothing piles up. Thread-safe.
 */
final class LiveFeed implements Feed {

  static final int MAX_CLIENTS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private final Map<String, Object> latest = new LinkedHashMap<>();
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private boolean closed;

  @Override
  public void publish(String topic, Object value) {
    synchronized (latest) {
      if (value.equals(latest.put(topic, value))) {
        return;
      }
      if (!clients.isEmpty()) {
        byte[] event = event(topic, value);
        clients.forEach(client -> client.put(topic, event));
      }
    }
    clients.forEach(Client::writeNext);
  }

  /** Begins to write to a response, which it completes when it is closed or the browser is gone. */
  void subscribe(Response response, Callback callback) throws HttpError {
    // First, for a write may begin as soon as the client is there.
    response.getHeaders().put("Content-Type", "text/event-stream");
    response.getHeaders().put("Cache-Control", "no-store");
    Client client = new Client(response, callback);
    // In one step, so that nothing that is published meanwhile is missed or overtaken.
    synchronized (latest) {
      if (closed) {
        throw new HttpError(HttpError.UNAVAILABLE, "the master ends");
      }
      if (clients.size() >= MAX_CLIENTS) {
        throw new HttpError(
            HttpError.UNAVAILABLE,
            "too many pages are open (expected: at most " + MAX_CLIENTS + ")");
      }
      clients.add(client);
      client.put("", ": welcome\n\n".getBytes(StandardCharsets.UTF_8));
      latest.forEach((topic, value) -> client.put(topic, event(topic, value)));
    }
    client.writeNext();
  }

  int clientCount() {
    return clients.size();
  }

  void close() {
    synchronized (latest) {
      closed = true;
    }
    clients.forEach(Client::end);
  }

  /** JSON has no line feeds of its own here, so one data line will do. */
  private static byte[] event(String topic, Object value) {
    String json = new String(Json.bytes(value), StandardCharsets.UTF_8);
    return ("event: " + topic + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  /** One browser. At most one write is under way; what comes meanwhile waits, one per topic. */
  private final class Client implements Callback {

    private final Response response;
    private final Callback callback;
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private boolean writing;
    private boolean ended;

    Client(Response response, Callback callback) {
      this.response = response;
      this.callback = callback;
    }

    void put(String topic, byte[] event) {
      synchronized (waiting) {
        waiting.put(topic, event);
      }
    }

    void writeNext() {
      byte[] event;
      synchronized (waiting) {
        if (writing || ended || waiting.isEmpty()) {
          return;
        }
        writing = true;
        String topic = waiting.keySet().iterator().next();
        event = waiting.remove(topic);
      }
      response.write(false, ByteBuffer.wrap(event), this);
    }

    @Override
    public void succeeded() {
      boolean last;
      synchronized (waiting) {
        writing = false;
        last = ended;
      }
      if (last) {
        complete();
      } else {
        writeNext();
      }
    }

    @Override
    public void failed(Throwable failure) {
      LOG.debug("A browser is gone", failure);
      synchronized (waiting) {
        ended = true;
      }
      if (clients.remove(this)) {
        callback.failed(failure);
      }
    }

    void end() {
      boolean idle;
      synchronized (waiting) {
        idle = !writing && !ended;
        ended = true;
      }
      if (idle) {
        complete();
      }
    }

    private void complete() {
      if (clients.remove(this)) {
        callback.succeeded();
      }
    }
  }
}
