# 告诉人：几件事合成一条、每天一次、为什么收到；值班；对外通知地址。

telling-several =
    .subject = { $count } 条消息：{ $first }
    .sms = { $last }（另有 { $more } 条：{ $link } ）
telling-daily =
    .subject = 今天的 { $count } 条消息
    .body = 这一天里与您有关的，共 { $count } 条：
telling-why-petitioner =
    .mail = 收到这封信，是因为您在{ $house }提过这件事。想换个时间或者方式：{ $link }
    .sms = 因您提过此事而发。换方式：{ $link }
telling-why-helper =
    .mail = 收到这封信，是因为您在{ $house }接下了这件事。想换个时间或者方式：{ $link }
    .sms = 因您接下此事而发。换方式：{ $link }
telling-why-staff =
    .mail = 收到这封信，是因为这件事归您所在的单位。什么时候、怎样告诉您，在这里改：{ $link }
    .sms = 因此事归您单位而发。换方式：{ $link }

letter-webhook-off =
    .subject = 对外通知地址“{ $name }”停用了
    .body =
        一天里没有一条通知送到“{ $name }”，已经停用，积压的不再送。
        修好以后可以重新启用：{ $link }

        收到这封信，是因为{ $house }由您维护。怎样告诉您，在“我”的页面里改。
    .sms = [{ $house }] 对外通知地址“{ $name }”一天送不到，已停用：{ $link } 因您维护本站而发，方式在“我”里改。

refused-no-shift = 没有这一班，或者已经结束了。
refused-no-webhook = 没有这个地址，或者已经去掉了。
fault-not-token = 这不是令牌：令牌以 hy_ 开头。
installation-passes = 两个平台之间转交。
fault-not-secret = 这不是通知密钥：密钥以 whsec_ 开头。
refused-no-installation = 没有这个平台，或者已经去掉了。
refused-history-of-another = 这段经过之前是为另一件事项送来的。
refused-history-differs = 送来的经过和之前送的不一样，没有改动任何内容。
refused-history-broken = 送来的经过和前面的接不上，没有改动任何内容。
refused-webhook-is-off = 这个地址停用了，先启用再试。
fault-ends-before = 结束要在开始之后。
fault-shift-long = 一次最多排十四天。
fault-shifts-many = 排的班太多了，先去掉几个。
fault-url = 这不是一个网址，网址里也不要写账号。
fault-url-https = 网址要以 https:// 开头。
fault-url-private = 这个网址在内网里，本站没有允许。
fault-webhooks-many = 地址太多了，先去掉几个不用的。
