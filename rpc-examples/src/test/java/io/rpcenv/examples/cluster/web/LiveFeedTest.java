// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What browsers are told, with responses that take it when the test says so. */
@Timeout(30)
class LiveFeedTest {

  private final LiveFeed feed = new LiveFeed();

  @Test
  void aBrowserGetsWhatIsAndThenWhatChanges() throws Exception {
    feed.publish("state", 1);
    FakeBrowser browser = new FakeBrowser();
    feed.subscribe(browser.response(), browser);
    feed.publish("state", 1);
    feed.publish("state", 2);
    browser.takeAll();

    assertThat(browser.got).containsExactly(": welcome\n\n", "event: state\ndata: 2\n\n");

    feed.publish("state", 3);
    browser.takeAll();
    assertThat(browser.got).endsWith("event: state\ndata: 3\n\n");
  }

  @Test
  void aSlowBrowserMissesSomeAndNothingPilesUp() throws Exception {
    FakeBrowser browser = new FakeBrowser();
    feed.subscribe(browser.response(), browser);
    for (int i = 0; i < 1_000; i++) {
      feed.publish("state", i);
      feed.publish("time", -i);
    }

    assertThat(browser.underWay).as("one at a time").hasSize(1);
    browser.takeAll();
    assertThat(browser.got)
        .containsExactly(
            ": welcome\n\n", "event: state\ndata: 999\n\n", "event: time\ndata: -999\n\n");
  }

  @Test
  void whatIsPublishedWhileABrowserComesIsNotOvertakenByWhatWasBefore() throws Exception {
    feed.publish("state", "old");
    FakeBrowser browser = new FakeBrowser();
    browser.atFirstWrite = () -> feed.publish("state", "new");
    feed.subscribe(browser.response(), browser);
    browser.takeAll();

    assertThat(browser.got.get(browser.got.size() - 1))
        .isEqualTo("event: state\ndata: \"new\"\n\n");
  }

  @Test
  void aBrowserThatIsGoneIsForgotten() throws Exception {
    FakeBrowser browser = new FakeBrowser();
    feed.subscribe(browser.response(), browser);

    browser.underWay.remove().failed(new IllegalStateException("gone"));
    feed.publish("state", 1);

    assertThat(feed.clientCount()).isZero();
    assertThat(browser.end).isEqualTo("failed");
    assertThat(browser.got).hasSize(1);
  }

  @Test
  void closingEndsWhatIsOpenAndRefusesWhatComes() throws Exception {
    FakeBrowser idle = new FakeBrowser();
    FakeBrowser busy = new FakeBrowser();
    feed.subscribe(idle.response(), idle);
    idle.takeAll();
    feed.subscribe(busy.response(), busy);

    feed.close();

    assertThat(idle.end).isEqualTo("succeeded");
    assertThat(busy.end).as("while a write is under way").isEmpty();
    busy.takeAll();
    assertThat(busy.end).isEqualTo("succeeded");
    FakeBrowser late = new FakeBrowser();
    assertThatThrownBy(() -> feed.subscribe(late.response(), late)).isInstanceOf(HttpError.class);
    assertThat(feed.clientCount()).isZero();
  }

  /** A browser that reads when it is told to. */
  private static final class FakeBrowser implements Callback {

    final List<String> got = new ArrayList<>();
    final Deque<Callback> underWay = new ArrayDeque<>();
    Runnable atFirstWrite = () -> {};
    String end = "";

    Response response() {
      HttpFields.Mutable headers = HttpFields.build();
      return (Response)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Response.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "getHeaders" -> headers;
                    case "write" -> write((ByteBuffer) args[1], (Callback) args[2]);
                    default -> throw new UnsupportedOperationException(method.toString());
                  });
    }

    private Object write(ByteBuffer bytes, Callback callback) {
      got.add(StandardCharsets.UTF_8.decode(bytes).toString());
      underWay.add(callback);
      if (got.size() == 1) {
        atFirstWrite.run();
      }
      return got;
    }

    void takeAll() {
      while (!underWay.isEmpty()) {
        underWay.remove().succeeded();
      }
    }

    @Override
    public void succeeded() {
      end = "succeeded";
    }

    @Override
    public void failed(Throwable failure) {
      end = "failed";
    }
  }
}
