// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.client;

import io.rpcenv.RpcAddress;
import io.rpcenv.RpcCallContext;
import io.rpcenv.RpcEndpoint;
import io.rpcenv.RpcEndpointRef;
import io.rpcenv.examples.cluster.Failures;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ApplicationRemoved;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorAdded;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.ExecutorUpdated;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.StopAppClient;
import io.rpcenv.examples.cluster.protocol.AppClientMessage.WorkerRemoved;
import io.rpcenv.examples.cluster.protocol.DriverMessage.ApplicationRefused;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveExecutor;
import io.rpcenv.examples.cluster.protocol.DriverMessage.RemoveWorker;
import io.rpcenv.examples.cluster.protocol.MasterMessage.RegisterApplication;
import io.rpcenv.examples.cluster.protocol.MasterMessage.UnregisterApplication;
import io.rpcenv.examples.cluster.protocol.RegisteredApplication;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an application with the master when it starts, and takes it off in the end. What the
 * master reports in between goes to the driver.
 */
public final class AppClient extends RpcEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(AppClient.class);

  private final String appName;
  private final RpcEndpointRef master;
  private final RpcEndpointRef driver;
  private Optional<RegisteredApplication> registered = Optional.empty();

  /** The answer to the registration, which the client tells itself. */
  private record Registered(RegisteredApplication application) {}

  /**
   * Makes the client of one application.
   *
   * @param appName what to call the application
   * @param master where to register it
   * @param driver who is told about executors
   */
  public AppClient(String appName, RpcEndpointRef master, RpcEndpointRef driver) {
    this.appName = appName;
    this.master = master;
    this.driver = driver;
  }

  @Override
  public void onStart() {
    RpcEndpointRef me = self();
    var unused =
        master
            .ask(new RegisterApplication(appName, me, driver))
            .whenComplete(
                (application, failure) -> {
                  if (failure == null) {
                    me.send(new Registered(application));
                  } else {
                    driver.send(
                        new ApplicationRefused(
                            "the master did not take it: " + Failures.text(failure)));
                  }
                });
  }

  @Override
  public void receive(Object message) throws Exception {
    if (message instanceof Registered m) {
      registered = Optional.of(m.application());
      LOG.info("Registered as application [{}]", m.application().appId());
    } else if (message instanceof ExecutorAdded m) {
      LOG.info("Executor [{}] is coming on worker [{}]", m.executor(), m.workerId());
    } else if (message instanceof ExecutorUpdated m) {
      if (m.state().isFinished()) {
        driver.send(new RemoveExecutor(m.executor(), m.state() + ": " + m.message()));
      }
    } else if (message instanceof WorkerRemoved m) {
      driver.send(new RemoveWorker(m.workerId(), m.message()));
    } else if (message instanceof ApplicationRemoved m) {
      driver.send(new ApplicationRefused("the master gave up on it: " + m.message()));
    } else {
      super.receive(message);
    }
  }

  /** Executors and driver talk without the master, so a job goes on with what it has. */
  @Override
  public void onDisconnected(RpcAddress peer) {
    if (registered.flatMap(r -> r.master().address()).filter(peer::equals).isPresent()) {
      LOG.warn("The master at {} is gone; going on with the executors that are there", peer);
    }
  }

  @Override
  public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
    if (message instanceof StopAppClient) {
      registered.ifPresent(r -> r.master().send(new UnregisterApplication(r.appId())));
      call.reply(true);
    } else {
      super.receiveAndReply(message, call);
    }
  }
}
