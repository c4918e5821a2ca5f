"""A question in each language for each of the guides' facts, written for the test that asks them."""

from __future__ import annotations

QUESTIONS: dict[str, tuple[str, str]] = {
    "position.subscription": (
        "On a follower's phone, where does a new post from our subscription account turn up?",
        "我们订阅号推的文章，粉丝要去微信的什么地方才能看到？",
    ),
    "position.service": (
        "If we run a service account, will its messages sit among people's normal chats?",
        "服务号发出去的消息会出现在用户的聊天首页吗？",
    ),
    "broadcast.quota.subscription": (
        "How many mass messages can one subscription account push out daily?",
        "一个订阅号一天允许群发多少次消息？",
    ),
    "broadcast.quota.service": (
        "What is the monthly number of broadcasts for a service account?",
        "服务号每个月的群发次数上限是多少？",
    ),
    "broadcast.quota.media": (
        "We are a media company with a subscription account; how many broadcasts a day could media get?",
        "听说有的媒体类订阅号群发次数比别人多，媒体一天能群发几回？",
    ),
    "broadcast.content": (
        "What kinds of content can go into one broadcast, and how many articles fit?",
        "一次群发里面可以放什么内容，最多几篇图文？",
    ),
    "verification.method": (
        "In what way does a company get its public account verified?",
        "企业公众号要通过什么方式来做认证？",
    ),
    "verification.benefits": (
        "What advantages will we have once the account has been verified?",
        "公众号做了认证以后，对我们有哪些好处？",
    ),
    "verification.duration": (
        "How many working days does Tencent take to review a verification?",
        "提交认证以后，审核一般需要几个工作日？",
    ),
    "verification.fee": (
        "What would we be charged for one WeChat verification, and is it refunded on failure?",
        "做一次微信认证收多少钱，没通过会退款吗？",
    ),
    "verification.annual_review": (
        "Is there a yearly review for verified accounts and what does that review cost?",
        "已经认证的公众号每年还要年审吗，年审费是多少？",
    ),
    "verification.materials": (
        "Which documents must our firm hand in to get verified?",
        "公司申请认证，需要提交哪些资料和证件？",
    ),
    "verification.name": (
        "Does the verified account name have to match the company's name or trademark?",
        "认证时公众号的名称必须跟企业名称或者商标一致吗？",
    ),
    "permissions.subscription.unverified": (
        "What is an unverified subscription account permitted to use?",
        "没有认证的订阅号具备哪些权限？",
    ),
    "permissions.subscription.verified": (
        "Once a subscription account is verified, what permissions does it hold?",
        "认证过的订阅号拥有哪些接口权限？",
    ),
    "permissions.service.unverified": (
        "Which permissions does a service account have that has not been verified?",
        "服务号还没认证的时候，能使用哪些权限？",
    ),
    "permissions.service.verified": (
        "What is a verified service account entitled to use?",
        "认证后的服务号一共有哪些权限？",
    ),
    "menu.service": (
        "Does every service account come with the custom menu?",
        "服务号没有认证也能设置自定义菜单吗？",
    ),
    "menu.subscription": (
        "When is a subscription account given the custom menu?",
        "订阅号什么情况下才会有自定义菜单？",
    ),
    "menu.benefits": (
        "What do we gain from having a custom menu in the account?",
        "公众号设置自定义菜单有什么用处？",
    ),
    "pay.eligibility": (
        "What sort of account is needed before one can apply for WeChat Pay?",
        "要什么类型的公众号才有资格申请微信支付？",
    ),
    "pay.deposit": (
        "How large is the deposit that WeChat Pay demands from a company?",
        "申请微信支付要交多少保证金？",
    ),
    "pay.rate": (
        "What percentage does WeChat Pay take from every transaction?",
        "微信支付每笔交易的费率是百分之几？",
    ),
    "pay.settlement": (
        "How many days until WeChat Pay settles the takings with us?",
        "用微信支付收的货款，结算周期是几天？",
    ),
    "customer_service.eligibility": (
        "Which kind of account is granted the multi-agent customer service feature?",
        "多客服功能是开放给哪类公众号的？",
    ),
    "customer_service.benefits": (
        "What advantage does multi-agent customer service give us?",
        "用多客服系统能给我们带来什么好处？",
    ),
    "advanced.eligibility": (
        "Which accounts are entitled to the advanced interfaces?",
        "哪类公众号才能拿到高级接口的权限？",
    ),
    "advanced.examples": (
        "Can you list some of the advanced interfaces there are?",
        "高级接口具体包括哪些，能举几个例子吗？",
    ),
    "store.eligibility": (
        "What account does one need to apply for a WeChat store?",
        "什么样的公众号能够申请微信小店？",
    ),
    "store.limits": (
        "Would the WeChat store on its own be good enough for selling?",
        "光靠一个微信小店来卖货，够不够用？",
    ),
    "choose.positioning": (
        "Should our business register a subscription account or rather a service account?",
        "我们企业到底应该注册订阅号还是服务号呢？",
    ),
    "choose.permissions": (
        "If we need the advanced permissions, which type of account should we go for?",
        "如果需要用到高级权限，该选订阅号还是服务号？",
    ),
    "choose.official_attitude": (
        "Which of the two account types does WeChat officially support more?",
        "微信官方对订阅号和服务号，更偏向扶持哪一个？",
    ),
    "choose.third_party": (
        "Is it necessary to connect a third-party platform to our account?",
        "我们的公众号有没有必要接入第三方平台？",
    ),
    "practice.multi_account": (
        "Is it a good idea for one company to operate several public accounts?",
        "一家企业同时运营好几个公众号合适吗？",
    ),
    "practice.no_value": (
        "What happens with an account that has no useful content and never replies?",
        "公众号没有有价值的内容，又不回复粉丝，会怎么样？",
    ),
    "practice.superstition": (
        "If we simply open an account and buy some ads, will sales go up?",
        "只要开个公众号再投点广告，销量就能上去吗？",
    ),
    "market.size": (
        "How many people were using WeChat every month when the guide was written?",
        "微信的月活跃用户有多少，增长了多少？",
    ),
    "market.accounts": (
        "How many public accounts have been registered since the platform launched?",
        "公众平台上线以来一共注册了多少公众号？",
    ),
    "market.split": (
        "With which version of WeChat were public accounts divided into two types?",
        "公众号是从微信哪个版本开始分成订阅号和服务号的？",
    ),
    "purpose.why": (
        "Why is it worthwhile for a company to run a WeChat public account at all?",
        "企业为什么要花精力做微信公众号？",
    ),
    "purpose.small_budget": (
        "Our company has hardly any money or staff; what should we do on WeChat?",
        "公司预算少、人手也不够，微信这块该怎么安排？",
    ),
    "purpose.large_budget": (
        "We have plenty of money and people; how do we combine WeChat with our app and site?",
        "公司资源很充足，微信和App、手机官网该怎么配合？",
    ),
    "interaction.before": (
        "Before WeChat existed, how did firms find out what their customers wanted?",
        "在没有微信的年代，企业是怎么了解客户需求的？",
    ),
    "interaction.now": (
        "How does a public account let us communicate with our customers directly?",
        "有了公众号，企业跟客户的沟通有什么变化？",
    ),
    "acquisition.method": (
        "What is the way to attract new customers through a public account?",
        "怎样通过公众号来吸引新的客户？",
    ),
    "acquisition.examples": (
        "Can you give me examples of companies that attract customers with content?",
        "有没有用内容吸引新客户的企业例子？",
    ),
    "retention.cost": (
        "How much cheaper is it to keep an existing customer than to win a new one?",
        "留住一个老客户的成本大概是开发新客户的多少？",
    ),
    "retention.service_role": (
        "What role does a service account play in looking after customers?",
        "服务号在维护老客户方面起到什么作用？",
    ),
    "retention.subscription_role": (
        "What part does a subscription account play in keeping customers?",
        "订阅号在维系客户上主要起什么作用？",
    ),
    "retention.example": (
        "Which company is a good example of serving its customers through an account?",
        "有哪家企业用公众号服务客户做得比较好，举个例子？",
    ),
    "trust.channel": (
        "When does an account turn into a real marketing channel?",
        "公众号要到什么时候才能成为营销渠道？",
    ),
}
