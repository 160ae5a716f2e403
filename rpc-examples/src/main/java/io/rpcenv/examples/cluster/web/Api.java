// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcRemoteException;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.DriverDescription;
import io.rpcenv.examples.cluster.protocol.MonitorMessage.RequestLogTail;
import io.rpcenv.examples.cluster.web.ClusterControl.DriverSubmission;
import io.rpcenv.examples.cluster.web.ClusterControl.Outcome;
import io.rpcenv.examples.cluster.web.ClusterView.DriverView;
import io.rpcenv.examples.cluster.web.ClusterView.WorkerView;
import io.rpcenv.examples.cluster.web.Routes.Call;
import io.rpcenv.examples.cluster.web.Routes.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** What can be asked and wanted by HTTP. Answers come from the monitor and the master. */
final class Api {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final Duration TIMEOUT = Duration.ofSeconds(6);
  private static final int LOG_BYTES = 64 * 1024;
  private static final int MAX_CORES = 1024;
  private static final long MIN_MEMORY = (long) DriverDescription.MIN_MEMORY << 20;
  private static final long MAX_MEMORY = 1L << 40;
  private static final long DEFAULT_MEMORY = 256L << 20;

  private final RpcEndpointRef monitor;
  private final ClusterControl control;
  private final Routes routes = new Routes();

  Api(RpcEndpointRef monitor, ClusterControl control) {
    this.monitor = monitor;
    this.control = control;
    routes
        .add("GET", "/api", call -> done(Map.of("routes", routes.describe())))
        .add("GET", "/api/state", call -> cluster().thenApply(Api::ok))
        .add("GET", "/api/events", this::events)
        .add("GET", "/api/processes", call -> quick(MonitorStore::processes).thenApply(Api::ok))
        .add("GET", "/api/processes/*/logs/*", this::log)
        .add("GET", "/api/applications", call -> cluster().thenApply(c -> ok(c.applications())))
        .add("GET", "/api/applications/*", this::application)
        .add("POST", "/api/applications/*/kill", this::killApplication)
        .add("GET", "/api/workers", call -> cluster().thenApply(c -> ok(c.workers())))
        .add("POST", "/api/workers/*/decommission", this::decommissionWorker)
        .add("GET", "/api/drivers", call -> cluster().thenApply(c -> ok(c.drivers())))
        .add("POST", "/api/drivers", this::submitDriver)
        .add("GET", "/api/drivers/*", this::driver)
        .add("POST", "/api/drivers/*/kill", this::killDriver);
  }

  Routes routes() {
    return routes;
  }

  private CompletionStage<Reply> events(Call call) throws HttpError {
    long from = wholeNumber(call, "from", Long.MAX_VALUE, 0);
    return quick(store -> store.events().from(from)).thenApply(Api::ok);
  }

  private CompletionStage<Reply> application(Call call) {
    String id = call.path().get(0);
    return quick(store -> store.detail(id))
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedFuture(known)
                    : fresh(store -> store.detail(id)))
        .thenApply(detail -> ok(known(detail, "application", id)));
  }

  private CompletionStage<Reply> log(Call call) throws HttpError {
    String process = call.path().get(0);
    String name = call.path().get(1);
    int bytes = (int) wholeNumber(call, "bytes", LogFiles.MAX_BYTES, LOG_BYTES);
    if (bytes == 0) {
      throw HttpError.value("bytes", "0", "a whole number from 1 to " + LogFiles.MAX_BYTES);
    }
    return quick(store -> store.reporter(process))
        .thenApply(reporter -> known(reporter, "process", process))
        .thenCompose(reporter -> reporter.ask(new RequestLogTail(name, bytes), TIMEOUT))
        .handle(
            (tail, failure) -> {
              if (failure == null) {
                return ok(tail);
              }
              Throwable cause = Failures.cause(failure);
              throw cause instanceof RpcRemoteException
                  ? failed(HttpError.NOT_FOUND, "log: " + cause.getMessage())
                  : new CompletionException(cause);
            });
  }

  private CompletionStage<Reply> driver(Call call) {
    String id = call.path().get(0);
    return cluster()
        .thenApply(view -> ok(known(find(view.drivers(), d -> is(d, id)), "driver", id)));
  }

  private CompletionStage<Reply> killApplication(Call call) throws HttpError {
    String id = call.path().get(0);
    Optional<String> reason = new Fields(call.body(), Set.of("reason")).text("reason");
    String why = reason.map(text -> "killed from the web: " + text).orElse("killed from the web");
    return leading()
        .thenCompose(unused -> quick(store -> store.detail(id)))
        .thenCompose(
            detail -> {
              ApplicationDetail app = known(detail, "application", id);
              if (app.application().endedAt().isPresent()) {
                String state = app.application().state();
                throw failed(HttpError.CONFLICT, "application " + id + " has ended: " + state);
              }
              return control.killApplication(id, why);
            })
        .thenApply(
            outcome -> {
              if (outcome.result() == ClusterControl.Result.DONE) {
                monitor.send(new Monitor.KillWanted(id, why));
              }
              return reply(outcome, "message", OK);
            });
  }

  private CompletionStage<Reply> decommissionWorker(Call call) throws HttpError {
    String id = call.path().get(0);
    var unused = new Fields(call.body(), Set.of());
    return leading()
        .thenCompose(
            view -> {
              WorkerView worker = known(find(view.workers(), w -> w.id().equals(id)), "worker", id);
              if (worker.isGone()) {
                throw failed(HttpError.CONFLICT, "worker " + id + " is gone");
              }
              return control.decommissionWorker(id);
            })
        .thenApply(outcome -> reply(outcome, "message", OK));
  }

  private CompletionStage<Reply> submitDriver(Call call) throws HttpError {
    Fields fields =
        new Fields(
            call.body(), Set.of("jar", "mainClass", "arguments", "cores", "memory", "supervise"));
    DriverSubmission driver =
        new DriverSubmission(
            fields.text("jar"),
            fields.requiredText("mainClass"),
            fields.texts("arguments"),
            (int) fields.wholeNumber("cores", 1, MAX_CORES, 1),
            fields.wholeNumber("memory", MIN_MEMORY, MAX_MEMORY, DEFAULT_MEMORY),
            fields.flag("supervise"));
    return leading()
        .thenCompose(unused -> control.submitDriver(driver))
        .thenApply(outcome -> reply(outcome, "id", CREATED));
  }

  private CompletionStage<Reply> killDriver(Call call) throws HttpError {
    String id = call.path().get(0);
    var unused = new Fields(call.body(), Set.of());
    return leading()
        .thenCompose(
            view -> {
              DriverView unusedDriver = known(find(view.drivers(), d -> is(d, id)), "driver", id);
              return control.killDriver(id);
            })
        .thenApply(outcome -> reply(outcome, "message", OK));
  }

  /** Returns the state of the cluster, if this master may change it. */
  private CompletionStage<ClusterView> leading() {
    return cluster()
        .thenApply(
            view -> {
              if (view.master().state().equals(ClusterView.STANDBY)) {
                throw failed(HttpError.UNAVAILABLE, "this master does not lead, another one does");
              }
              return view;
            });
  }

  private CompletionStage<ClusterView> cluster() {
    return fresh(MonitorStore::cluster).thenApply(Optional::orElseThrow);
  }

  private <T> CompletionStage<T> fresh(Function<MonitorStore, T> question) {
    return answer(monitor.ask(new Monitor.Query(question::apply), TIMEOUT));
  }

  private <T> CompletionStage<T> quick(Function<MonitorStore, T> question) {
    return answer(monitor.ask(new Monitor.QuickQuery(question::apply), TIMEOUT));
  }

  /** The monitor answers what the question returned: a T. */
  @SuppressWarnings("unchecked")
  private static <T> CompletionStage<T> answer(CompletionStage<Object> answer) {
    return answer.thenApply(value -> (T) value);
  }

  private static <T> Optional<T> find(List<T> all, Predicate<T> which) {
    return all.stream().filter(which).findFirst();
  }

  private static boolean is(DriverView driver, String id) {
    return driver.id().equals(id);
  }

  private static <T> T known(Optional<T> value, String what, String id) {
    return value.orElseThrow(
        () -> failed(HttpError.NOT_FOUND, "there is no " + what + " [" + Texts.cut(id) + "]"));
  }

  private static CompletionException failed(int status, String message) {
    return new CompletionException(new HttpError(status, message));
  }

  private static long wholeNumber(Call call, String name, long max, long defaultValue)
      throws HttpError {
    String text = call.query().get(name);
    if (text == null) {
      return defaultValue;
    }
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) > max) {
      throw HttpError.value(name, text, "a whole number from 0 to " + max);
    }
    return Long.parseLong(text);
  }

  private static CompletionStage<Reply> done(Object body) {
    return CompletableFuture.completedFuture(ok(body));
  }

  private static Reply ok(Object body) {
    return new Reply(OK, body);
  }

  private static Reply reply(Outcome outcome, String field, int done) {
    return switch (outcome.result()) {
      case DONE -> new Reply(done, Map.of(field, outcome.text()));
      case UNKNOWN -> throw failed(HttpError.NOT_FOUND, outcome.text());
      case REFUSED -> throw failed(HttpError.CONFLICT, outcome.text());
      case UNSUPPORTED -> throw failed(HttpError.NOT_IMPLEMENTED, outcome.text());
    };
  }
}
